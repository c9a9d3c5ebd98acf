import { OUTGOING_EVENTS } from '../../domain/outgoing-event'
import { Checkbox, Field, FieldError, fieldId } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'

/** Shows the fields that a new and an existing endpoint have. */
export const WebhookFields = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  return (
    <>
      <Field
        {...{ form, name: 'url', inputmode: 'url', autocomplete: 'off', spellcheck: false }}
        {...{ label: t('webhooks.url'), hint: t('webhooks.url.hint') }}
      />
      <Field
        {...{ form, name: 'description', autocomplete: 'off', optional: true }}
        {...{ label: t('webhooks.description'), hint: t('webhooks.description.hint') }}
      />
      <fieldset class="form" id={fieldId('events')} tabindex={-1}>
        <legend>{t('webhooks.events')}</legend>
        {OUTGOING_EVENTS.map((type) => (
          <Checkbox form={form} name={type} label={t(`webhooks.event.${type}`)} hint={<code>{type}</code>} />
        ))}
        <FieldError form={form} name="events" />
      </fieldset>
    </>
  )
}
