import type { FormState } from '../../ui/form-state'

interface Row {
  state: FormState
  /** Like « lines.0 ». */
  row: string
  /** Name of the field that gets the focus. */
  focus?: string | undefined
}

/** Returns a function that gives what each field of a row has. */
export const rowField =
  ({ state, row, focus }: Row) =>
  (field: string) => {
    const name = `${row}.${field}`
    return { form: state, name, attributes: focus === name ? { autofocus: '' } : {} }
  }
