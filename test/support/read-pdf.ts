/** Reads the texts of a generated PDF by page, through the fonts' ToUnicode maps, as a viewer does. */
import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFName, type PDFRawStream, PDFStream } from 'pdf-lib'

export interface ReadPdf {
  file: PDFDocument
  /** Per page, every text in drawing order. */
  pages: string[][]
  /** Names of the embedded fonts. */
  fonts: string[]
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const file = await PDFDocument.load(bytes, { updateMetadata: false })
  const maps = new Map<string, Map<number, string>>()
  const fonts: string[] = []
  const resources = file.getPage(0).node.Resources()?.lookup(PDFName.of('Font'), PDFDict)
  for (const [name] of resources?.entries() ?? []) {
    const font = resources?.lookup(name, PDFDict)
    fonts.push(String(font?.get(PDFName.of('BaseFont'))))
    maps.set(String(name), unicodeMap(textOf(font?.lookup(PDFName.of('ToUnicode'), PDFStream) as PDFRawStream)))
  }
  const pages = file.getPages().map((page) => {
    const contents = page.node.Contents()
    if (!contents || contents instanceof PDFArray) throw new Error('expected one content stream a page')
    return textsOf(textOf(contents as PDFRawStream), maps)
  })
  return { file, pages, fonts }
}

const textOf = (stream: PDFRawStream): string => Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1')

function unicodeMap(cmap: string): Map<number, string> {
  const pairs = cmap.matchAll(/^<(\w{4})> <(\w+)>$/gm)
  return new Map(
    [...pairs].map(([, glyph = '', text = '']) => [
      Number.parseInt(glyph, 16),
      Buffer.from(text, 'hex').swap16().toString('utf16le'),
    ]),
  )
}

/** Returns the texts of a page. A move begins a text, to which all strings until the next move belong. */
function textsOf(content: string, maps: Map<string, Map<number, string>>): string[] {
  const texts: string[] = []
  let map: Map<number, string> | undefined
  for (const [, font, move, codes] of content.matchAll(/(\/F\d+) [\d.]+ Tf|( T[dm]\n)|\(((?:\\.|[^\\)])*)\)Tj/gs)) {
    if (font) map = maps.get(font)
    else if (move) texts.push('')
    else if (codes !== undefined) texts.push(`${texts.pop() ?? ''}${decode(codes, map)}`)
  }
  return texts
}

function decode(codes: string, map: Map<number, string> | undefined): string {
  const bytes = Buffer.from(codes.replaceAll('\\r', '\r').replace(/\\([\\()])/g, '$1'), 'latin1')
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) text += map?.get(bytes.readUInt16BE(i)) ?? '?'
  return text
}
