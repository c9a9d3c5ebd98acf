/** Writes what a PDF says about the glyphs of a font: how wide each is, and which text it stands for. */
import { PDFObject } from 'pdf-lib'

/** Widths by glyph id, without those of other glyphs (PDF 32000-1, 9.7.4.3). Written as one text, since an object each takes longer. */
export class WidthArray extends PDFObject {
  readonly #text: string

  /**
   * @param widths of all glyphs of the font, in thousandths of an em
   * @param glyphs in order
   */
  constructor(widths: readonly number[], glyphs: readonly number[]) {
    super()
    let text = '['
    let next = -1
    for (const glyph of glyphs) {
      text += glyph === next ? ` ${widths[glyph]}` : `${next < 0 ? '' : '] '}${glyph} [${widths[glyph]}`
      next = glyph + 1
    }
    this.#text = glyphs.length > 0 ? `${text}]]` : '[]'
  }

  override toString(): string {
    return this.#text
  }

  override sizeInBytes(): number {
    return this.#text.length
  }

  override copyBytesInto(buffer: Uint8Array, offset: number): number {
    return new TextEncoder().encodeInto(this.#text, buffer.subarray(offset)).written
  }
}

/** Lines of a block: more are not allowed. */
const BLOCK = 100

/**
 * Returns a ToUnicode CMap (PDF 32000-1, 9.10.3).
 * @param characters by glyph id, one UTF-16 unit each; U+0000 where a glyph has none
 */
export function toUnicode(characters: string, glyphs: readonly number[]): string {
  const named = glyphs.filter((glyph) => characters.charCodeAt(glyph) > 0)
  let blocks = ''
  for (let i = 0; i < named.length; i += BLOCK) {
    const block = named.slice(i, i + BLOCK)
    blocks += `${block.length} beginbfchar\n`
    for (const glyph of block) blocks += `<${HEX[glyph]}> <${hex(characters.charCodeAt(glyph))}>\n`
    blocks += 'endbfchar\n'
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end`
}

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0')
const HEX = Array.from({ length: 1024 }, (_, glyph) => hex(glyph))
