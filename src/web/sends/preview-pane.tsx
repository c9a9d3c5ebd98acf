import { routes } from '../../routes'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { PreviewFrame, UpdatePreview } from '../ui/mail-preview'

interface Props {
  documentId: string
  form: FormState
  query: string | undefined
}

const VIEWS = ['html', 'phone', 'text', 'pdf'] as const

/**
 * Shows the mail in a frame, to which the form is posted by a button, or by scripts after each change. The view is a field of the
 * form: styles make the frame narrow for a phone, or show the PDF's frame instead.
 */
export const PreviewPane = ({ documentId, form, query }: Props) => {
  const { t } = useFrame()
  const view = form.values.view ?? 'html'
  const preview = routes.sendPreview(documentId)
  return (
    <aside class="preview" aria-labelledby="preview-title">
      <header class="preview-head">
        <h2 id="preview-title">{t('send.preview')}</h2>
        <fieldset class="segments">
          <legend class="visually-hidden">{t('send.preview.view')}</legend>
          {VIEWS.map((name) => (
            <label>
              <input type="radio" name="view" value={name} checked={name === view} />
              <span>{t(`send.preview.${name}`)}</span>
            </label>
          ))}
        </fieldset>
        <UpdatePreview path={preview} />
      </header>
      <PreviewFrame src={query === undefined ? undefined : preview + query} />
      <div class="preview-pdf">
        <p>
          <a href={routes.documentPdf(documentId)} target="_blank" rel="noopener">
            {t('send.preview.pdf.open')}
          </a>
        </p>
        <iframe title={t('send.preview.pdf')} src={routes.documentPdf(documentId)} loading="lazy" />
      </div>
    </aside>
  )
}
