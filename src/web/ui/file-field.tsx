import type { Child } from 'hono/jsx'
import { described, FieldBox, fieldId } from './form'
import type { FormState } from './form-state'

interface Props {
  form: FormState
  name: string
  label: Child
  hint?: Child
  /** Types and endings that the browser offers to choose. The server checks the file again. */
  accept: string
}

/** Chooses a file; its form needs `enctype="multipart/form-data"`. */
export const FileField = ({ form, name, label, hint, accept }: Props) => (
  <FieldBox form={form} name={name} label={label} hint={hint}>
    <input type="file" {...described(form, name, hint)} id={fieldId(name)} name={name} accept={accept} required />
  </FieldBox>
)
