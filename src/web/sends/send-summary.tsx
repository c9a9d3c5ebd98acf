import { plural } from '../../i18n'
import { formatTime } from '../../i18n/format'
import { routes } from '../../routes'
import type { FormValues } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { nextBatchText } from '../ui/next-batch'
import type { SendContext } from './send-context'
import { parseSendForm } from './send-form'

interface Props {
  context: Pick<SendContext, 'document' | 'settings' | 'mailKind' | 'accountTexts'>
  values: FormValues
}

/** Shows the sentence under the button; it is updated when the form changes. */
export const SendSummary = ({ context, values }: Props) => (
  <p
    id="send-summary"
    hx-post={routes.sendPreview(context.document.id)}
    hx-trigger="change from:#send-form delay:100ms"
    hx-include="#send-form"
    hx-vals='{"load":"summary"}'
    aria-live="polite"
  >
    <SummaryText context={context} values={values} />
  </p>
)

export const SummaryText = ({ context, values }: Props) => {
  const { t, language } = useFrame()
  const { timeZone, batchWindowMs } = context.settings
  const form = parseSendForm(values, context, t)
  if (!('value' in form) || form.value.recipients.length === 0) return <>{t('send.summary.nobody')}</>
  const { recipients, scheduledFor } = form.value
  const count = recipients.length
  if (scheduledFor !== null) {
    const time = formatTime(scheduledFor, language, timeZone)
    return <>{plural(language, 'send.summary.scheduled', count, { time })}</>
  }
  return <>{nextBatchText(language, count, batchWindowMs)}</>
}
