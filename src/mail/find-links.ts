/** Finds text that a mail program would show as a link, for mails that may not contain links of the merchant. */
import { foldedCharacter, LINK } from '../domain/link-text'
import { pieces } from './liquid'

export interface SeenLink {
  offset: number
  /** The link as it is written. */
  source: string
}

/** Returns links in the order of the text. A variable counts as two letters; a string literal inside Liquid counts as a link. */
export function findLinks(text: string): SeenLink[] {
  const { seen, offsets } = asRead(text)
  const links = [...seen.matchAll(LINK)].map(({ index, 0: { length } }) => {
    const offset = offsets[index] ?? 0
    return { offset, source: text.slice(offset, (offsets[index + length - 1] ?? offset) + 1) }
  })
  const literals = pieces(text).filter(({ kind, source }) => kind === 'output' && /["']/.test(source))
  return [...links, ...literals].sort((a, b) => a.offset - b.offset)
}

interface AsRead {
  seen: string
  /** Offset in the text of each UTF-16 unit of `seen`. */
  offsets: number[]
}

/** Returns the text as a reader sees it, without the markup of Markdown and Liquid. */
function asRead(text: string): AsRead {
  let seen = ''
  const offsets: number[] = []
  const read = (shown: string, offset: number) => {
    seen += shown
    for (let n = 0; n < shown.length; n++) offsets.push(offset)
  }
  let cutsNext = false
  for (const { kind, source, offset } of pieces(text)) {
    if (kind === 'text') {
      const cut = cutsNext ? source.length - source.trimStart().length : 0
      for (const match of source.slice(cut).matchAll(CHARACTER)) read(shownAs(match), offset + cut + match.index)
    }
    // `{{-` and `-}}` remove the white space beside them.
    if (kind !== 'text' && source[2] === '-') seen = seen.trimEnd()
    offsets.length = seen.length
    if (kind === 'output') read('xx', offset)
    cutsNext = kind !== 'text' && source.at(-3) === '-'
  }
  return { seen, offsets }
}

/** Matches an entity, an escaped character, an emphasis mark, or any other character. */
const CHARACTER = /&#(\d{1,7});|&#x([\da-f]{1,6});|&(period|colon|sol);|\\([!-/:-@[-`{-~])|[*_~`]|([\s\S])/giu

const ENTITIES: Record<string, string> = { period: '.', colon: ':', sol: '/' }

function shownAs([, decimal, hex, entity, escaped, other]: RegExpMatchArray): string {
  if (decimal ?? hex) return foldedCharacter(codePoint(decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)))
  return ENTITIES[entity?.toLowerCase() ?? ''] ?? escaped ?? foldedCharacter(other ?? '')
}

const codePoint = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '')
