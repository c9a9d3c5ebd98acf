import { Typesetter } from './typeset'

/**
 * Returns the characters in a document snapshot that the PDF fonts lack, each once, as `drawDocument` would report
 * them, without drawing.
 * @param value any plain data: every text in it is checked
 */
export function undrawableCharacters(value: unknown): string[] {
  const type = new Typesetter()
  const check = (part: unknown): void => {
    if (typeof part === 'string') type.line(part)
    else if (part !== null && typeof part === 'object') for (const inner of Object.values(part)) check(inner)
  }
  check(value)
  return [...type.missing]
}
