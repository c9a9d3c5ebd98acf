/** Shows the preview of a mail beside its form, in a frame. The button posts the form into the frame, as `send-preview.js` does. */
import { useFrame } from './frame'

const FRAME = 'mail-preview'

/** @param path URL of the preview to which the form is posted */
export const UpdatePreview = ({ path }: { path: string }) => {
  const { t } = useFrame()
  return (
    <button type="submit" class="small" formaction={path} formtarget={FRAME} formnovalidate data-preview>
      {t('send.preview.update')}
    </button>
  )
}

/** @param src URL of the preview that is shown before the form is posted */
export const PreviewFrame = ({ src }: { src: string | undefined }) => {
  const { t } = useFrame()
  return <iframe name={FRAME} class="preview-frame" title={t('send.preview')} sandbox="" src={src} />
}
