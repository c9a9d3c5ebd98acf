import { useFrame } from './frame'

export interface Insertable {
  /** Text to insert. */
  code: string
  /** Meaning of the inserted text. */
  text: string
}

/**
 * Lists the variables of a text. With scripts each is a button that inserts its code at the caret of the field last used, among those
 * with `data-insert-into` (`text-editor.js`). Without scripts it is a list to copy from.
 */
export const VariableChips = ({ items }: { items: readonly Insertable[] }) => {
  const { t } = useFrame()
  return (
    <details class="variables" open>
      <summary>{t('send.variables')}</summary>
      <ul class="variable-chips">
        {items.map(({ code, text }) => (
          <li data-insert={code}>
            <span>{text}</span> <code>{code}</code>
          </li>
        ))}
      </ul>
    </details>
  )
}
