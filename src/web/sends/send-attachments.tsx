import { formatBytes } from '../../i18n/format'
import { FieldError } from '../ui/form'
import type { FormState, FormValues } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import type { SendContext } from './send-context'

/** Shows a checkbox for each file of the document, to leave it out of this send. */
export const SendAttachments = ({ context, form }: { context: SendContext; form: FormState }) => {
  const { language } = useFrame()
  const ticked = tickedAttachments(form.values)
  return (
    <>
      {(context.document.attachments ?? []).map(({ id, name, mailBytes }, index) => (
        <div class="check">
          <input
            type="checkbox"
            id={`f-attachments-${index}`}
            name={`attachments.${index}`}
            value={id}
            checked={ticked.has(id)}
          />
          <label for={`f-attachments-${index}`} class="break-all">
            {name} <span class="muted small">{formatBytes(mailBytes, language)}</span>
          </label>
        </div>
      ))}
      <FieldError form={form} name="attachments" />
    </>
  )
}

/** Returns the ids of the ticked files. */
export const tickedAttachments = (values: FormValues): Set<string> =>
  new Set(Object.entries(values).flatMap(([name, id]) => (/^attachments\.\d+$/.test(name) ? [id] : [])))
