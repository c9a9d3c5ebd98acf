/** Reads the tables of a TrueType file whose numbers a PDF needs (OpenType 1.9). */

export interface FaceMetrics {
  ascent: number
  descent: number
  capHeight: number
  bbox: [number, number, number, number]
}

/** Reads metrics in thousandths of an em, the unit of both Noto Sans and PDF; another font would have to be scaled. */
export function readMetrics(font: Buffer): FaceMetrics {
  const head = table(font, 'head')
  if (head.readUInt16BE(18) !== 1000) throw new Error('expected a font with 1000 units per em')
  const hhea = table(font, 'hhea')
  return {
    ascent: hhea.readInt16BE(4),
    descent: hhea.readInt16BE(6),
    capHeight: table(font, 'OS/2').readInt16BE(88),
    bbox: [head.readInt16BE(36), head.readInt16BE(38), head.readInt16BE(40), head.readInt16BE(42)],
  }
}

/** Reads the advance width of every glyph, in order of glyph id. */
export function readWidths(font: Buffer): number[] {
  const hmtx = table(font, 'hmtx')
  const count = table(font, 'hhea').readUInt16BE(34)
  const glyphs = table(font, 'maxp').readUInt16BE(4)
  return Array.from({ length: glyphs }, (_, glyph) => hmtx.readUInt16BE(4 * Math.min(glyph, count - 1)))
}

/** Reads the map from code point to glyph id, from the Windows Unicode BMP subtable (format 4). */
export function readGlyphs(font: Buffer): Map<number, number> {
  const cmap = table(font, 'cmap')
  const records = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) => cmap.readUInt32BE(8 + 8 * i))
  const at = records.find((offset) => cmap.readUInt16BE(offset) === 4)
  if (at === undefined) throw new Error('the font has no cmap of format 4')
  const sub = cmap.subarray(at)
  const size = sub.readUInt16BE(6)
  const glyphs = new Map<number, number>()
  for (let i = 0; i < size; i += 2) {
    const end = sub.readUInt16BE(14 + i)
    const start = sub.readUInt16BE(16 + size + i)
    const delta = sub.readUInt16BE(16 + 2 * size + i)
    const rangeAt = 16 + 3 * size + i
    const range = sub.readUInt16BE(rangeAt)
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const glyph = range === 0 ? code : sub.readUInt16BE(rangeAt + range + 2 * (code - start))
      if (range === 0 || glyph !== 0) glyphs.set(code, (glyph + delta) & 0xffff)
    }
  }
  return glyphs
}

/** Returns a table's bytes, which belong to the file's. */
export function table(font: Buffer, tag: string): Buffer {
  for (let record = 12; record < 12 + 16 * font.readUInt16BE(4); record += 16) {
    if (font.toString('latin1', record, record + 4) !== tag) continue
    const offset = font.readUInt32BE(record + 8)
    return font.subarray(offset, offset + font.readUInt32BE(record + 12))
  }
  throw new Error(`the font has no table ${tag}`)
}
