/**
 * Turns text into glyphs: cleans it, measures it, breaks it into lines. A character that no font has becomes a visible
 * replacement and is reported.
 */
import { BOLD, fontIndex, glyphTable, REGULAR, REPLACEMENT, type Weight } from './fonts'

/** Glyph ids of one font. */
export interface Run {
  font: number
  glyphs: number[]
}

export interface TextLine {
  runs: Run[]
  /** In thousandths of the font's size. */
  width: number
}

/** Returns the width of a line in points. */
export const widthOf = (line: TextLine, size: number): number => (line.width * size) / 1000

export class Typesetter {
  /** Characters (or whole emoji) that no font has, each once. */
  readonly missing = new Set<string>()

  /** Sets a text as one line, whatever its length; line breaks become spaces. */
  line(text: string, weight: Weight = REGULAR): TextLine {
    return setPlain(text, weight) ?? setGlyphs(this.clean(text).replaceAll('\n', ' '), weight)
  }

  bold(text: string): TextLine {
    return this.line(text, BOLD)
  }

  /**
   * Breaks a text into lines of at most `width` points: at spaces, after hyphens and slashes, and inside words longer
   * than a line.
   */
  wrap(text: string, size: number, width: number, weight: Weight = REGULAR): TextLine[] {
    const limit = (width * 1000) / size
    const whole = setPlain(text, weight)
    if (whole && whole.width <= limit) return [whole]
    return (whole ? text : this.clean(text)).split('\n').flatMap((paragraph) => breakLines(paragraph, weight, limit))
  }

  /**
   * Keeps what the fonts can draw: composed (NFC), without control and format characters, `\n` for every kind of line
   * break.
   */
  private clean(text: string): string {
    const composed = text
      .toWellFormed()
      .normalize('NFC')
      .replace(LINE_BREAK, '\n')
      .replace(OTHER_SPACE, ' ')
      .replace(LIGATURE, (ligature) => ligature.normalize('NFKC'))
    const visible = composed.replace(INVISIBLE, '')
    return isDrawable(visible) ? visible : this.replaceUnknown(composed)
  }

  /** Replaces unknown characters and reports them. An emoji of several code points counts as one. */
  private replaceUnknown(text: string): string {
    let drawable = ''
    for (const { segment } of graphemes.segment(text)) {
      const visible = segment.replace(INVISIBLE, '')
      if (isDrawable(visible)) {
        drawable += visible
        continue
      }
      this.missing.add(segment)
      const [base = ''] = visible
      drawable += isDrawable(base) ? base + REPLACEMENT : REPLACEMENT
    }
    return drawable
  }
}

const LINE_BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g
const OTHER_SPACE = /[\t\u1680\u2000-\u2006\u2008\u200a\u205f\u3000]/g
const LIGATURE = /[\ufb00-\ufb06]/g
const INVISIBLE = /(?!\n)(?:\p{Cc}|\p{Cf}|\p{Variation_Selector}|\u034f)/gu
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

const isCombining = (code: number) => code >= 0x300 && code < 0x370

function isDrawable(text: string): boolean {
  const table = glyphTable(REGULAR)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code !== NEW_LINE && !table[code]) return false
  }
  return true
}

const NEW_LINE = 0x0a
const SPACE = 0x20
const LETTER = /\p{L}/u
/** Hyphen, slash, en and em dash: a line may end after them, before a letter. */
const BREAK_AFTER = [0x2d, 0x2f, 0x2013, 0x2014]

function breakLines(text: string, weight: Weight, limit: number): TextLine[] {
  const table = glyphTable(weight)
  const lines: TextLine[] = []
  let start = 0
  let breakAt = 0
  let width = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const advance = (table[code] ?? 0) & 0xfff
    if (width + advance > limit && i > start && code !== SPACE) {
      const end = breakAt > start ? breakAt : i
      lines.push(setGlyphs(text.slice(start, end).replace(/ +$/, ''), weight))
      start = end
      i = end - 1
      width = 0
      continue
    }
    width += advance
    if (code === SPACE || (BREAK_AFTER.includes(code) && i > start && LETTER.test(text.charAt(i + 1)))) breakAt = i + 1
  }
  lines.push(setGlyphs(text.slice(start), weight))
  return lines
}

/** Sets a text that needs no cleaning, which is the usual case; undefined for one that must be cleaned first. */
function setPlain(text: string, weight: Weight): TextLine | undefined {
  const table = glyphTable(REGULAR)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < SPACE || !table[code] || isCombining(code)) return undefined
  }
  return setGlyphs(text, weight)
}

function setGlyphs(text: string, weight: Weight): TextLine {
  const table = glyphTable(weight)
  const runs: Run[] = []
  let width = 0
  let slice = 0
  let glyphs: number[] = []
  for (let i = 0; i < text.length; i++) {
    const packed = table[text.charCodeAt(i)] ?? 0
    if (packed >>> 24 !== slice) {
      slice = packed >>> 24
      glyphs = []
      runs.push({ font: fontIndex(weight, slice - 1), glyphs })
    }
    glyphs.push((packed >>> 12) & 0xfff)
    width += packed & 0xfff
  }
  return { runs, width }
}
