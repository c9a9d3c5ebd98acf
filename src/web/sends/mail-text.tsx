import { languagesOf } from '../../domain/languages'
import { languageName } from '../../i18n/format'
import { DOCUMENT_VARIABLES } from '../../mail/variables'
import { routes } from '../../routes'
import { Checkbox, Field, Select, TextArea } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { VariableChips } from '../ui/variable-chips'
import { SendAttachments } from './send-attachments'
import type { SendContext } from './send-context'

/** Shows fields for language, subject and body of this send's mail, filled from the translation. */
export const MailText = ({ context, form }: { context: SendContext; form: FormState }) => {
  const { t, language } = useFrame()
  const preview = routes.sendPreview(context.document.id)
  const options = languagesOf(context.settings).map((tag) => ({ value: tag, label: languageName(tag, language) }))
  return (
    <fieldset class="card stack">
      <legend>
        <h2>{t('send.mail')}</h2>
      </legend>
      <Select
        form={form}
        name="language"
        label={t('send.language')}
        options={options}
        attributes={{
          'hx-post': preview,
          'hx-include': '#send-form',
          'hx-vals': '{"load":"text"}',
          'hx-select': '#mail-text',
          'hx-target': '#mail-text',
          'hx-swap': 'outerHTML',
        }}
      />
      <noscript>
        <button type="submit" class="small" name="load" value="text" formaction={preview} formnovalidate>
          {t('send.language.load')}
        </button>
      </noscript>
      <TextFields form={form} />
      <VariableChips
        items={DOCUMENT_VARIABLES.map((name) => ({ code: `{{ ${name} }}`, text: t(`mail.variable.${name}`) }))}
      />
      <Checkbox form={form} name="attachPdf" label={t('send.attach_pdf')} />
      <SendAttachments context={context} form={form} />
    </fieldset>
  )
}

const TextFields = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  return (
    <div class="stack" id="mail-text">
      <input type="hidden" name="textLanguage" value={form.values.textLanguage ?? ''} />
      <Field
        form={form}
        name="subject"
        label={t('send.subject')}
        autocomplete="off"
        maxlength={1000}
        attributes={{ 'data-insert-into': '' }}
      />
      <TextArea
        form={form}
        name="body"
        label={t('send.body')}
        hint={t('send.body.hint')}
        rows={10}
        attributes={{ 'data-insert-into': '' }}
      />
    </div>
  )
}
