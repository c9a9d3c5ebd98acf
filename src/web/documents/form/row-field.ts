import type { FormState } from '../../ui/form-state'

interface Row {
  state: FormState
  /** Like « lines.0 ». */
  row: string
  /** Name of the field that gets the focus. */
  focus?: string | undefined
}

/** Returns a function that builds the props of each field of the row. */
export const rowField =
  ({ state, row, focus }: Row) =>
  (field: string) => {
    const name = `${row}.${field}`
    return { form: state, name, attributes: focus === name ? { autofocus: '' } : {} }
  }
