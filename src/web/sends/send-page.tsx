import { wasSent } from '../../domain/delivery'
import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { ErrorSummary } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { Blockers, mayBeSent } from './blockers'
import { MailText } from './mail-text'
import { PreviewPane } from './preview-pane'
import { Recipients } from './recipients'
import type { SendContext } from './send-context'
import { SendSummary } from './send-summary'
import { WhenFields } from './when-fields'

interface Props {
  context: SendContext
  form: FormState
  /** Query (`?to=…`) of the first preview; undefined after errors, when the form is posted to make the preview. */
  query: string | undefined
}

/** Shows two panes: the form on the left, the preview of the mail on the right. */
export const SendPage = ({ context, form, query }: Props) => {
  const { document } = context
  return (
    <>
      <Head context={context} />
      <form id="send-form" class="two-pane even" method="post" action={routes.sends(document.id)} novalidate>
        <div class="stack">
          <ErrorSummary form={form} />
          <Blockers context={context} />
          <input type="hidden" name="sendId" value={form.values.sendId ?? ''} />
          <input type="hidden" name="version" value={document.version} />
          <Recipients context={context} form={form} />
          <MailText context={context} form={form} />
          <WhenFields form={form} timeZone={context.settings.timeZone} />
          <Confirm context={context} form={form} />
        </div>
        <PreviewPane documentId={document.id} form={form} query={query} />
      </form>
    </>
  )
}

const Head = ({ context: { document, contact } }: { context: SendContext }) => {
  const { t } = useFrame()
  const name = document.number ?? t(`document.kind.${document.kind}`)
  return (
    <header class="page-head">
      <div>
        <Breadcrumb href={routes.document(document.id)}>{name}</Breadcrumb>
        <h1>{t(wasSent(document.mailState) ? 'send.title.again' : 'send.title', { number: name })}</h1>
        <p>{contact?.name ?? document.contactName}</p>
      </div>
    </header>
  )
}

const Confirm = ({ context, form }: { context: SendContext; form: FormState }) => {
  const { t } = useFrame()
  const { document } = context
  const draft = document.status === 'draft'
  if (!mayBeSent(context)) return null
  return (
    <section class="card stack tight">
      <div class="cluster">
        <button type="submit" class="primary">
          <Icon name="send" />
          {t(draft ? 'send.finalise_and_send' : 'send.send')}
        </button>
        <a href={routes.document(document.id)}>{t('form.cancel')}</a>
      </div>
      <SendSummary context={context} values={form.values} />
      {draft && <p class="muted small">{t('send.finalise.text')}</p>}
    </section>
  )
}
