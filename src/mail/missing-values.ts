/** Variables that have no value on some documents, and how a sentence around one stays whole. */
import { isNoticeKind, type TextKind } from '../domain/translation'
import { type Piece, pieces } from './liquid'

/** An order number is rare; nothing is due on receipts, credit notes and paid invoices; few documents refer to another. */
const OPTIONAL = [
  'document.amount_due',
  'document.due_date',
  'document.order_number',
  'document.refers_to',
  'company.email',
  'company.phone',
] as const
type OptionalVariable = (typeof OPTIONAL)[number]

/** A document with an amount due has a due date too, so a condition on one holds for the other. */
const CONDITIONS: Partial<Record<OptionalVariable, RegExp>> = {
  'document.due_date': /document\.(?:due_date|amount_due)/,
  'document.amount_due': /document\.(?:due_date|amount_due)/,
}

/**
 * Makes a text print a dash where a variable inside a sentence has no value: « due on –. », not « due on . ». Alone on
 * its line, or beside a condition on itself, a variable still leaves nothing.
 */
export const withDashes = (text: string): string =>
  pieces(text)
    .map((piece) => (optionalIn(piece) && isInSentence(text, piece) ? dashed(piece.source) : piece.source))
    .join('')

const dashed = (source: string): string => source.replace(/\s*(-?)\}\}$/, ' | or_dash $1}}')

/**
 * Returns the variables that a text prints inside a sentence although some documents of this kind have no value for
 * them, each once; empty for notices. What a company has or lacks is no surprise to it, so that is left out.
 */
export function missingValues(text: string, kind: TextKind): OptionalVariable[] {
  if (isNoticeKind(kind)) return []
  const open: string[] = []
  const found = new Set<OptionalVariable>()
  for (const piece of pieces(text)) {
    if (/^\{%-?\s*if\b/.test(piece.source)) open.push(piece.source)
    else if (/^\{%-?\s*unless\b/.test(piece.source)) open.push('')
    else if (/^\{%-?\s*end/.test(piece.source)) open.pop()
    const variable = optionalIn(piece)
    if (!variable || variable.startsWith('company.') || (variable === 'document.refers_to' && kind === 'credit_note'))
      continue
    const condition = CONDITIONS[variable] ?? variable
    if (isInSentence(text, piece) && !open.some((tag) => tag.search(condition) !== -1)) found.add(variable)
  }
  return [...found]
}

/** Returns the optional variable that a piece prints, unless the piece says itself what to print instead. */
const optionalIn = ({ kind, source }: Piece): OptionalVariable | undefined =>
  kind === 'output' && !/\|\s*default\b/.test(source)
    ? OPTIONAL.find((name) => new RegExp(`^\\{\\{-?\\s*${name.replace('.', '\\.')}\\b`).test(source))
    : undefined

/** Returns whether the line has words, and no condition on the variable itself, which says what to print without it. */
function isInSentence(text: string, { source, offset }: Piece): boolean {
  const start = text.lastIndexOf('\n', offset) + 1
  const end = text.indexOf('\n', offset + source.length)
  const line = text.slice(start, end === -1 ? undefined : end)
  const name = /[a-z_]+\.[a-z_]+/.exec(source)?.[0] ?? ''
  const isDecided = [...line.matchAll(/\{%.*?%\}/g)].some(([tag]) => tag.includes(name))
  return !isDecided && /[\p{L}\p{N}]/u.test(line.replace(/\{%.*?%\}|\{\{.*?\}\}/g, ''))
}
