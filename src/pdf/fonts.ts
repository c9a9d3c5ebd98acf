/** Embeds the slices of Noto Sans that `src/build/fonts.ts` prepared, as PDF objects. */
import { PDFContext, PDFName, type PDFObject, PDFRawStream, type PDFRef, PDFString } from 'pdf-lib'
import bin from '../../.build/fonts/fonts.bin'
import prepared from '../../.build/fonts/fonts.json'

export const REGULAR = 0
export const BOLD = 1
export type Weight = typeof REGULAR | typeof BOLD

/** Placeholder in a cleaned text for a character that no slice has; the glyph tables hold its glyph. */
export const REPLACEMENT = '\u0001'

const TABLES = prepared.faces.map(({ glyphs: [offset, length = 0] }) => new Uint32Array(bin, offset, length / 4))
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

/** Puts a slice into the file as a composite font whose codes are glyph ids (PDF 32000-1, 9.7). */
export function embedFont(context: PDFContext, index: number): PDFRef {
  const font = FONTS[index]
  if (!font) throw new Error(`no font ${index}`)
  const { face } = font
  const { file, toUnicode, widths } = readyParts(index)
  const BaseFont = `${subsetTag(index)}+${face.name}`
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
      FontFile2: context.register(file),
    }),
  )
  const descendant = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont,
    CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
    FontDescriptor,
    CIDToGIDMap: 'Identity',
    W: widths,
  })
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont,
      Encoding: 'Identity-H',
      DescendantFonts: [context.register(descendant)],
      ToUnicode: context.register(toUnicode),
    }),
  )
}

/** Adds the sRGB profile that the output intent of PDF/A points to. */
export const srgbProfile = (context: PDFContext): PDFRef => context.register(deflated(prepared.srgb, { N: 3 }))

interface Parts {
  file: PDFRawStream
  toUnicode: PDFRawStream
  widths: PDFObject
}

/** Objects without references, made once: they can be written into every file unchanged. */
const parts = new Map<number, Parts>()
const shared = PDFContext.create()

function readyParts(index: number): Parts {
  const known = parts.get(index)
  if (known) return known
  const slice = FONTS[index]?.slice
  if (!slice) throw new Error(`no font ${index}`)
  const made = {
    file: deflated(slice.file, { Length1: slice.fileSize }),
    toUnicode: deflated(slice.toUnicode, {}),
    widths: shared.obj([0, slice.widths]),
  }
  parts.set(index, made)
  return made
}

function deflated([offset, length]: number[], dict: Record<string, number>): PDFRawStream {
  const entries = shared.obj({ ...dict })
  entries.set(PDFName.of('Filter'), PDFName.of('FlateDecode'))
  return PDFRawStream.of(entries, new Uint8Array(bin, offset, length))
}

/** Returns the six capitals that distinguish the slices of a face (PDF 32000-1, 9.6.4). */
const subsetTag = (index: number): string => `SLICE${String.fromCharCode(65 + index)}`
