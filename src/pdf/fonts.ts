/** Embeds what a document draws of the slices of Noto Sans that `src/build/fonts.ts` prepared, as PDF objects. */
import { PDFContext, PDFName, PDFRawStream, type PDFRef, PDFString } from 'pdf-lib'
import bin from '../../.build/fonts/fonts.bin'
import prepared from '../../.build/fonts/fonts.json'
import { FontFile } from './font-file'
import { toUnicode, WidthArray } from './glyph-maps'

export const REGULAR = 0
export const BOLD = 1
export type Weight = typeof REGULAR | typeof BOLD

/** Placeholder in a cleaned text for a character that no slice has; the glyph tables hold its glyph. */
export const REPLACEMENT = '\u0001'

const bytesAt = ([offset, length]: number[]): Uint8Array => new Uint8Array(bin, offset, length)
const wordsAt = ([offset, length = 0]: number[]): Uint32Array => new Uint32Array(bin, offset, length / 4)

const TABLES = prepared.faces.map(({ glyphs }) => wordsAt(glyphs))
const FONTS = prepared.faces.flatMap((face) => face.slices.map((slice) => ({ face, slice })))
const SLICES_PER_FACE = FONTS.length / prepared.faces.length

/**
 * Returns a face's table by code point: (slice + 1) << 24 | glyph id << 12 | width in thousandths of an em; 0 = no
 * slice has it.
 */
export function glyphTable(weight: Weight): Uint32Array {
  const table = TABLES[weight]
  if (!table) throw new Error(`no face ${weight}`)
  return table
}

/** Returns the index of one slice of one face. */
export const fontIndex = (weight: Weight, slice: number): number => weight * SLICES_PER_FACE + slice

/**
 * Puts a slice into the file as a composite font whose codes are glyph ids (PDF 32000-1, 9.7), with the outlines of these glyphs alone.
 * @param glyphs in order
 */
export function embedFont(context: PDFContext, index: number, glyphs: readonly number[]): PDFRef {
  const font = FONTS[index]
  if (!font) throw new Error(`no font ${index}`)
  const { face, slice } = font
  const BaseFont = `${subsetTag(index, glyphs)}+${face.name}`
  const file = fontFile(index).subset(glyphs)
  const FontDescriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: BaseFont,
      Flags: 4,
      FontBBox: face.bbox,
      ItalicAngle: 0,
      Ascent: face.ascent,
      Descent: face.descent,
      CapHeight: face.capHeight,
      StemV: face.name.endsWith('Bold') ? 140 : 80,
      // Not deflated: that would take a fifth of the time of drawing, for a third of these bytes.
      FontFile2: context.register(PDFRawStream.of(context.obj({ Length1: file.length }), file)),
    }),
  )
  const descendant = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont,
    CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
    FontDescriptor,
    CIDToGIDMap: 'Identity',
  })
  descendant.set(PDFName.of('W'), new WidthArray(slice.widths, glyphs))
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont,
      Encoding: 'Identity-H',
      DescendantFonts: [context.register(descendant)],
      ToUnicode: context.register(context.stream(toUnicode(slice.characters, glyphs))),
    }),
  )
}

/** Adds the sRGB profile that the output intent of PDF/A points to. */
export function srgbProfile(context: PDFContext): PDFRef {
  const dict = PDFContext.create().obj({ N: 3 })
  dict.set(PDFName.of('Filter'), PDFName.of('FlateDecode'))
  return context.register(PDFRawStream.of(dict, bytesAt(prepared.srgb)))
}

const files = new Map<number, FontFile>()

/** Returns what a slice's files are made from. */
function fontFile(index: number): FontFile {
  const known = files.get(index)
  if (known) return known
  const slice = FONTS[index]?.slice
  if (!slice) throw new Error(`no font ${index}`)
  const { frame, outlines, starts, components } = slice
  const file = new FontFile(bytesAt(frame), bytesAt(outlines), wordsAt(starts), components)
  files.set(index, file)
  return file
}

/**
 * Returns six capitals that distinguish this subset from others, of other documents too: programs that join files join fonts of one name
 * (PDF 32000-1, 9.6.4).
 */
function subsetTag(index: number, glyphs: readonly number[]): string {
  // FNV-1a.
  let hash = 0x811c9dc5
  for (const value of [index, ...glyphs]) hash = Math.imul(hash ^ value, 0x01000193) >>> 0
  let tag = ''
  for (let i = 0; i < 6; i++) {
    tag += String.fromCharCode(65 + (hash % 26))
    hash = Math.floor(hash / 26)
  }
  return tag
}
