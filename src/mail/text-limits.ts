/**
 * Limits that keep a mail within an isolate of 128 MB: a few lines of Markdown or Liquid can produce a thousand times
 * their length.
 */
import type { MarkedExtension, Token, Tokens } from 'marked'

/** Characters of a compiled mail, including its Liquid. */
export const MAX_TEMPLATE_CHARS = 200_000

/** Characters of a filled mail, for HTML and text each. */
export const MAX_FILLED_CHARS = 250_000

/** Part of both limits that is reserved for the layout around a text. */
export const FRAME_CHARS = 40_000

const MAX_TABLE_CELLS = 1_000
const MAX_LINK_CHARS = 100_000

/** Thrown for a text whose mail would be too large. */
export class TextTooLargeError extends Error {}

/** A header line with a line of dashes under it, with which a table begins. */
const TABLE_HEAD = /^([^\n]*)\n {0,3}[-:| \t]*-[-:| \t]*(?:\n|$)/

/** Makes marked refuse a large table before it creates the cells: it pads every row to the width of the head. */
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

/** Throws if links repeat a long target, which the text contains once but the mail contains for every link. */
export function refuseLongLinks(tokens: Token[], walk: (tokens: Token[], visit: (token: Token) => void) => void): void {
  let chars = 0
  walk(tokens, (token) => {
    if (token.type === 'link' || token.type === 'image') chars += (token as Tokens.Link).href.length
    if (chars > MAX_LINK_CHARS) throw new TextTooLargeError('links are too long')
  })
}
