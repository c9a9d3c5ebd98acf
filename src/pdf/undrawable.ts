import { Typesetter } from './typeset'

/**
 * The characters in a paper that no font of ours has, each once, as `drawDocument` would report them; told from the texts alone,
 * without drawing.
 * @param value anything made of plain data: every text in it is looked at
 */
export function undrawableCharacters(value: unknown): string[] {
  const type = new Typesetter()
  const look = (part: unknown): void => {
    if (typeof part === 'string') type.line(part)
    else if (part !== null && typeof part === 'object') for (const inner of Object.values(part)) look(inner)
  }
  look(value)
  return [...type.missing]
}
