/** Reads reports that people were meant to read: a recipient's line, then what is said of it. */
import { addressesIn } from '../addresses'
import type { Action, Finding } from '../finding'
import { quotedWords } from './quoted-words'
import { LINE_FORMATS, type LineFormat } from './recipient-lines'
import { transcriptTexts } from './transcript'

/** Returns the recipients that the lines of a notice name, with what is said of each; addresses of `notThese` only if there is no other. */
export function readProse(
  notice: string,
  action: Action,
  notThese: ReadonlySet<string>,
  levels: LineFormat[][] = LINE_FORMATS,
): Finding[] {
  const lines = notice.split('\n', MAX_LINES)
  for (const formats of levels) {
    const named = lines.flatMap((_, index) => recipientsOf(lines, index, formats))
    const others = named.filter(({ address }) => !notThese.has(address.toLowerCase()))
    const chosen = withoutRepeated(others.length > 0 ? others : named)
    if (chosen.length > 0)
      return chosen.map((recipient, index) => finding(recipient, chosen[index + 1], lines, notice, action))
  }
  return []
}

/** A reply that is broken into lines may name the recipient at the beginning of one: it still belongs to the line before. */
const withoutRepeated = (named: NamedRecipient[]): NamedRecipient[] =>
  named.filter(({ address }, index) => named[index - 1]?.address !== address)

const MAX_LINES = 1_000

interface NamedRecipient {
  address: string
  line: number
  /** What follows the address on its line. */
  rest: string
}

function recipientsOf(lines: string[], index: number, formats: LineFormat[]): NamedRecipient[] {
  const line = lines[index]?.slice(0, 600) ?? ''
  if (!line.includes('@')) return []
  const found = formats.map((format) => format.exec(line)).find((match) => match !== null)
  if (!found || namesTheSender(lines, index)) return []
  const [all = '', address = ''] = found
  const rest = line.slice(found.index + all.length)
  // `a@b, c@d`: a list on one line.
  const list = /^[\s<>"',;]*$/.test(addressesIn(rest).reduce((text, one) => text.replace(one, ''), rest))
    ? addressesIn(rest)
    : []
  return [address, ...list].map((one) => ({ address: one, line: index, rest: list.length > 0 ? '' : rest }))
}

/** "A message sent by" stands before the address of the sender. */
const namesTheSender = (lines: string[], index: number): boolean =>
  SENDER.test(lines[index] ?? '') || SENDER_FOLLOWS.test(previousText(lines, index))

const SENDER =
  /^\s{0,8}(?:mail from|from|sender|reply-to|subject|cc|message-id|date|\S{0,20}x-[\w-]{1,30}) ?:|mail from: ?<?|https?:\/\/[^\s@]{0,200}@|mailto:[^>]{0,80}(?:subject|help)/i
const SENDER_FOLLOWS = /(?:sent by|\bfrom|sender|mail of)\s{0,2}:?\s{0,4}$/i

const previousText = (lines: string[], index: number): string =>
  lines[index - 1]?.trim() ? (lines[index - 1] ?? '') : (lines[index - 2] ?? '')

function finding(
  { address, line, rest }: NamedRecipient,
  next: NamedRecipient | undefined,
  lines: string[],
  notice: string,
  action: Action,
): Finding {
  const block = [rest, ...lines.slice(line + 1, next && next.line > line ? next.line : line + MAX_BLOCK_LINES)].join(
    '\n',
  )
  const said = [...transcriptTexts(notice, address), quotedWords(block)]
  return { address, action, status: '', said, prose: [beside(block), firstParagraph(block), block] }
}

const MAX_BLOCK_LINES = 40

/** What follows the address without a blank line. */
const beside = (block: string): string => block.replace(/^[ \t>:]*\n/, '').split(/\n[ \t]*\n|^[ \t]*\n/, 1)[0] ?? ''

const firstParagraph = (block: string): string => block.trimStart().split(/\n\s*\n/, 1)[0] ?? ''
