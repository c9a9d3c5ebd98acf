/**
 * Writes one A4 page as a content stream. Coordinates are points from the top left corner; a text's y is its baseline.
 */
import { type TextLine, widthOf } from './typeset'

export const PAGE = { width: 595.28, height: 841.89 }
const MM = 72 / 25.4
/** DIN 5008: 25 mm to the left, 20 mm to the right. */
export const LEFT = 25 * MM
export const RIGHT = PAGE.width - 20 * MM
export const WIDTH = RIGHT - LEFT
/** Left edge of the right-hand column: DIN 5008's place for the information block. */
export const COLUMN = 125 * MM
export const COLUMN_WIDTH = RIGHT - COLUMN
export const mm = (millimetres: number): number => millimetres * MM

/** Red, green and blue from 0 to 1. */
export type Colour = `${number} ${number} ${number}`
export const INK: Colour = '.1 .11 .13'
export const GREY: Colour = '.4 .42 .46'
export const HAIRLINE: Colour = '.84 .85 .87'

export interface Link {
  /** Left, bottom, right, top in PDF's coordinates, from the bottom left corner. */
  rect: [number, number, number, number]
  url: string
  text: string
}

export class Canvas {
  /** By font, 1 at each glyph id that is drawn. */
  readonly drawn = new Map<number, Uint8Array>()
  readonly links: Link[] = []
  hasLogo = false
  private background = ''
  private shapes = ''
  private texts = ''
  private font = ''
  private colour = ''
  private stroke = ''
  /** Position of the last text, in hundredths of a point: whole numbers, so that rounding errors don't add up. */
  private x = 0
  private y = 0

  text(line: TextLine, x: number, y: number, size: number, colour: Colour = INK): void {
    if (line.runs.length === 0) return
    if (colour !== this.colour) this.texts += `${colour} rg\n`
    this.colour = colour
    const [toX, toY] = [Math.round(x * 100), Math.round((PAGE.height - y) * 100)]
    this.texts += `${(toX - this.x) / 100} ${(toY - this.y) / 100} Td\n`
    this.x = toX
    this.y = toY
    for (const { font, glyphs } of line.runs) {
      const selection = `/F${font} ${number(size)} Tf\n`
      if (selection !== this.font) this.texts += selection
      this.font = selection
      this.texts += `(${this.codesOf(font, glyphs)})Tj\n`
    }
  }

  textRight(line: TextLine, right: number, y: number, size: number, colour: Colour = INK): void {
    this.text(line, right - widthOf(line, size), y, size, colour)
  }

  /** Draws a large, slanted text under everything else on the page. */
  watermark(line: TextLine, colour: Colour): void {
    const size = Math.min(150, 560_000 / line.width)
    const [cos, sin] = [Math.cos(Math.PI / 3.6), Math.sin(Math.PI / 3.6)]
    const half = widthOf(line, size) / 2
    const [x, y] = [PAGE.width / 2 - half * cos + size * 0.3 * sin, PAGE.height / 2 - half * sin - size * 0.3 * cos]
    const matrix = [cos, sin, -sin, cos, x, y].map(number).join(' ')
    this.background = `BT ${colour} rg ${matrix} Tm\n`
    for (const { font, glyphs } of line.runs)
      this.background += `/F${font} ${number(size)} Tf (${this.codesOf(font, glyphs)})Tj\n`
    this.background += 'ET\n'
  }

  rule(left: number, right: number, y: number, thickness: number, colour: Colour): void {
    const stroke = `${colour} RG ${number(thickness)} w\n`
    if (stroke !== this.stroke) this.shapes += stroke
    this.stroke = stroke
    const height = number(PAGE.height - y)
    this.shapes += `${number(left)} ${height} m ${number(right)} ${height} l S\n`
  }

  /** Draws the logo with its top left corner at `x`, `y`. */
  logo(x: number, y: number, width: number, height: number): void {
    this.hasLogo = true
    this.shapes += `q ${[width, 0, 0, height, x, PAGE.height - y - height].map(number).join(' ')} cm /Logo Do Q\n`
  }

  /** Links the area of a line of text, which the caller draws at the same position. */
  link(line: TextLine, x: number, y: number, size: number, url: string, text: string): void {
    const base = PAGE.height - y
    const corners = [x, base - size * 0.25, x + widthOf(line, size), base + size * 0.85].map((value) =>
      Number(number(value)),
    )
    const [left = 0, bottom = 0, right = 0, top = 0] = corners
    this.links.push({ rect: [left, bottom, right, top], url, text })
  }

  content(): Uint8Array {
    return Buffer.from(`${this.background}${this.shapes}BT\n${this.texts}ET`, 'latin1')
  }

  /** Returns the codes of glyphs for a literal string, and marks them as drawn. */
  private codesOf(font: number, glyphs: readonly number[]): string {
    const drawn = this.drawn.get(font) ?? new Uint8Array(CODES.length)
    this.drawn.set(font, drawn)
    let codes = ''
    for (const glyph of glyphs) {
      drawn[glyph] = 1
      codes += CODES[glyph]
    }
    return codes
  }
}

/** The two bytes of each glyph id, with backslash, parentheses and carriage return escaped (PDF 32000-1, 7.3.4.2). */
const CODES = Array.from({ length: 1024 }, (_, glyph) =>
  String.fromCharCode(glyph >> 8, glyph & 0xff)
    .replace(/[\\()]/g, '\\$&')
    .replace('\r', '\\r'),
)

const number = (value: number) => String(Math.round(value * 100) / 100)
