import { useFrame } from './frame'

export interface Insertable {
  /** What is written into the text. */
  code: string
  /** What it stands for. */
  text: string
}

/**
 * What may be written into a text. With scripts each is a button that inserts itself at the caret of the field last used, among those
 * with `data-insert-into` (`text-editor.js`); without, a list to copy from.
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
