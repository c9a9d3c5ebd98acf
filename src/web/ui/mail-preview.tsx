/** The frame in which a form shows its mail, and the button that posts the form into it (`send-preview.js` posts it, too). */
import { useFrame } from './frame'

const FRAME = 'mail-preview'

/** @param path of the preview that the form is posted to */
export const UpdatePreview = ({ path }: { path: string }) => {
  const { t } = useFrame()
  return (
    <button type="submit" class="small" formaction={path} formtarget={FRAME} formnovalidate data-preview>
      {t('send.preview.update')}
    </button>
  )
}

/** @param src what it shows before the form is posted */
export const PreviewFrame = ({ src }: { src: string | undefined }) => {
  const { t } = useFrame()
  return <iframe name={FRAME} class="preview-frame" title={t('send.preview')} sandbox="" src={src} />
}
