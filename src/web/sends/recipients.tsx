import { addressKey } from '../../domain/email-addresses'
import { reasonText } from '../../i18n/reason'
import { routes } from '../../routes'
import { askSuggestions, Suggestions } from '../ui/address-suggestions'
import { Field, FieldError } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { tickedOf } from './new-send'
import type { OfferedRecipient, SendContext } from './send-context'

/** Shows a checkbox for each known address, and a field for others. Each ticked address gets one delivery. */
export const Recipients = ({ context, form }: { context: SendContext; form: FormState }) => {
  const { t } = useFrame()
  const ticked = tickedOf(form.values)
  return (
    <fieldset class="card stack" id="f-to" tabindex={-1}>
      <legend>
        <h2>{t('send.recipients')}</h2>
      </legend>
      {context.offered.map((recipient, index) => (
        <Recipient recipient={recipient} index={index} ticked={ticked.has(addressKey(recipient.address))} />
      ))}
      {context.withheld.length > 0 && (
        <p class="muted small break-all">{t('send.test.withheld', { addresses: context.withheld.join(', ') })}</p>
      )}
      <FieldError form={form} name="to" />
      <Field
        form={form}
        name="extra"
        label={t(context.offered.length > 0 ? 'send.extra' : 'send.address')}
        hint={t(context.document.test ? 'send.test.hint' : 'send.extra.hint')}
        optional={context.offered.length > 0}
        inputmode="email"
        autocomplete="off"
        spellcheck={false}
        attributes={askSuggestions(routes.contactSuggestions, 'extra')}
      />
      <Suggestions name="extra" typed={form.values.extra ?? ''} />
    </fieldset>
  )
}

interface RecipientProps {
  recipient: OfferedRecipient
  index: number
  ticked: boolean
}

const Recipient = ({ recipient: { address, suppressedBy }, index, ticked }: RecipientProps) => {
  const { t } = useFrame()
  const id = `f-to-${index}`
  return (
    <div class="check">
      <input
        type="checkbox"
        id={id}
        name={`to.${index}`}
        value={address}
        checked={ticked}
        aria-describedby={suppressedBy && `${id}-hint`}
      />
      <label for={id} class="break-all">
        {address}
      </label>
      {suppressedBy && (
        <div class="hint" id={`${id}-hint`}>
          {reasonText(t, suppressedBy)} {t('send.suppressed')}
        </div>
      )}
    </div>
  )
}
