/** Limits that keep a mail within an isolate of 128 MB: a few lines of Markdown or Liquid can ask for a thousand times their own length. */
import type { MarkedExtension, Token, Tokens } from 'marked'

/** Characters of a compiled mail, its Liquid still in it. */
export const MAX_TEMPLATE_CHARS = 200_000

/** Characters of a filled mail, HTML and text each. */
export const MAX_FILLED_CHARS = 250_000

/** What the layout around a text may need of both. */
export const FRAME_CHARS = 40_000

const MAX_TABLE_CELLS = 1_000
const MAX_LINK_CHARS = 100_000

/** A text that would become too large a mail. */
export class TextTooLargeError extends Error {}

/** A header line with a line of dashes under it, which makes a table of what follows. */
const TABLE_HEAD = /^([^\n]*)\n {0,3}[-:| \t]*-[-:| \t]*(?:\n|$)/

/** Makes marked refuse a table before it makes its cells: it fills every row up to the width of the head. */
export const tableLimit: MarkedExtension = {
  tokenizer: {
    table(source) {
      const head = TABLE_HEAD.exec(source)?.[1]
      if (head === undefined) return false
      const columns = head.split('|').length
      const rows = source.split(/\n[ \t]*(?:\n|$)/, 1)[0]?.split('\n').length ?? 0
      if (columns * rows > MAX_TABLE_CELLS) throw new TextTooLargeError('a table has too many cells')
      return false
    },
  },
}

/** Throws where links repeat a long target, which stands in a text once and in the mail as often as it is named. */
export function refuseLongLinks(tokens: Token[], walk: (tokens: Token[], visit: (token: Token) => void) => void): void {
  let chars = 0
  walk(tokens, (token) => {
    if (token.type === 'link' || token.type === 'image') chars += (token as Tokens.Link).href.length
    if (chars > MAX_LINK_CHARS) throw new TextTooLargeError('links are too long')
  })
}
