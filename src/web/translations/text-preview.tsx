import type { LatestDocument } from '../../db/latest-documents'
import { isNoticeKind } from '../../domain/translation'
import { routes } from '../../routes'
import { type Option, Select } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { PreviewFrame, UpdatePreview } from '../ui/mail-preview'
import { withQuery } from '../ui/with-query'
import type { RequiredText } from './require-language'
import { SAMPLE } from './trial-documents'

interface Props {
  found: RequiredText
  form: FormState
  documents: LatestDocument[]
  opened: boolean
}

/** Shows the mail in a frame, to which the form is submitted as on the Send page (`send-preview.js`). */
export const TextPreview = ({ found: { state, kind }, form, documents, opened }: Props) => {
  const { t } = useFrame()
  const preview = routes.translationPreview(state.language, kind)
  const { document = '' } = form.values
  return (
    <aside class="preview text-preview" aria-labelledby="preview-title">
      <header class="preview-head">
        <h2 id="preview-title">{t('send.preview')}</h2>
        <Choice
          name="view"
          legend={t('send.preview.view')}
          form={form}
          options={[
            { value: 'html', label: t('translations.view.html') },
            { value: 'text', label: t('send.preview.text') },
          ]}
        />
        <Choice
          name="width"
          legend={t('translations.width')}
          form={form}
          options={[
            { value: 'wide', label: t('translations.width.wide') },
            { value: 'phone', label: t('translations.width.narrow') },
          ]}
        />
        <UpdatePreview path={preview} />
        {(documents.length > 0 || !isNoticeKind(kind)) && <DocumentSelect documents={documents} form={form} />}
      </header>
      <PreviewFrame src={opened ? withQuery(preview, { document }) : undefined} />
    </aside>
  )
}

const Choice = ({
  name,
  legend,
  form,
  options,
}: {
  name: string
  legend: string
  form: FormState
  options: Option[]
}) => {
  const chosen = form.values[name] ?? options[0]?.value
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{legend}</legend>
      {options.map(({ value, label }) => (
        <label>
          <input type="radio" name={name} value={value} checked={value === chosen} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}

const DocumentSelect = ({ documents, form }: Pick<Props, 'documents' | 'form'>) => {
  const { t } = useFrame()
  const sample = { value: SAMPLE, label: t('translations.sample') }
  const options = documents.map(({ id, kind, number, contactName }) => ({
    value: id,
    label: [number ?? `${t(`document.kind.${kind}`)} (${t('document.draft')})`, contactName]
      .filter(Boolean)
      .join(' · '),
  }))
  return (
    <Select
      form={form}
      name="document"
      label={t('translations.document')}
      options={[...options, sample]}
      class="inline"
    />
  )
}
