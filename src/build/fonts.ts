/**
 * Cuts the fonts of PDFs into slices, so that the Worker needs no font engine: `.build/fonts/fonts.bin` holds the
 * bytes, `fonts.json` their positions.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import subsetFont from 'subset-font'
import { type FaceMetrics, readGlyphs, readMetrics, readWidths } from './sfnt.ts'
import { DRAWN_AS, expand, REPLACEMENT, SLICES } from './slices.ts'
import { srgbProfile } from './srgb.ts'

/** Offset and length in fonts.bin. */
type Block = [number, number]

interface Slice {
  name: string
  /** By glyph id, in thousandths of an em. */
  widths: number[]
  /** The deflated TrueType file and its size before that. */
  file: Block
  fileSize: number
  /** The deflated CMap that says which text a glyph stands for. */
  toUnicode: Block
}

interface Face extends FaceMetrics {
  name: string
  /** Uint32 by code point: (slice + 1) << 24 | glyph id << 12 | width; 0 = no slice has it. */
  glyphs: Block
  slices: Slice[]
}

export interface PreparedFonts {
  faces: Face[]
  /** The deflated sRGB profile. */
  srgb: Block
}

const OUT = '.build/fonts'
const SOURCES = ['400Regular/NotoSans_400Regular.ttf', '700Bold/NotoSans_700Bold.ttf'].map((file) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans/${file}`)),
)
/** Tables for layout, names and hints, which a PDF does not need, since it draws glyphs by their id. */
const UNUSED_TABLES = ['GSUB', 'GPOS', 'GDEF', 'STAT', 'gasp', 'name', 'post', 'OS/2', 'prep']

/** Cuts the fonts. Does nothing while neither the fonts nor these sources have changed. */
export async function buildFonts(): Promise<void> {
  const stamp = hash(
    ...SOURCES,
    ...['fonts', 'sfnt', 'slices', 'srgb'].map((name) => `${import.meta.dirname}/${name}.ts`),
  )
  if (existsSync(`${OUT}/stamp`) && readFileSync(`${OUT}/stamp`, 'utf8') === stamp) return
  const bin = new Bin()
  const [regular, bold] = SOURCES
  if (!regular || !bold) throw new Error('two fonts are needed')
  const fonts: PreparedFonts = {
    faces: [await cut('NotoSans-Regular', regular, bin), await cut('NotoSans-Bold', bold, bin)],
    srgb: bin.add(deflate(srgbProfile())),
  }
  mkdirSync(OUT, { recursive: true })
  writeFileSync(`${OUT}/fonts.bin`, bin.bytes())
  writeFileSync(`${OUT}/fonts.json`, `${JSON.stringify(fonts)}\n`)
  writeFileSync(`${OUT}/stamp`, stamp)
}

async function cut(name: string, source: string, bin: Bin): Promise<Face> {
  const font = readFileSync(source)
  const table = new Uint32Array(0x2600)
  const slices: Slice[] = []
  for (const [index, [sliceName, parts]] of Object.entries(SLICES).entries()) {
    const codePoints = expand(parts).filter((code) => code >= table.length || table[code] === 0)
    const file = await subsetFont(font, String.fromCodePoint(...codePoints), {
      noLayoutClosure: true,
      noHinting: true,
      dropTables: UNUSED_TABLES,
    })
    const widths = readWidths(file)
    const glyphs = readGlyphs(file)
    for (const [code, glyph] of glyphs) {
      const width = widths[glyph] ?? 0
      if (glyph > 0x3ff || width > 0xfff) throw new Error(`${name}: U+${code.toString(16)} does not fit the table`)
      const at = code === REPLACEMENT.glyphOf ? REPLACEMENT.tableIndex : code
      table[at] = (((index + 1) << 24) | (glyph << 12) | width) >>> 0
    }
    slices.push({
      name: sliceName,
      widths,
      file: bin.add(deflate(file)),
      fileSize: file.length,
      toUnicode: bin.add(deflate(toUnicode(glyphs))),
    })
  }
  for (const [code, drawnAs] of Object.entries(DRAWN_AS)) table[Number(code)] = table[drawnAs] ?? 0
  return { name, ...readMetrics(font), glyphs: bin.add(Buffer.from(table.buffer)), slices }
}

/** Returns the ToUnicode CMap (PDF 32000-1, 9.10.3). Where two characters share a glyph, it maps to the first. */
function toUnicode(glyphs: Map<number, number>): Buffer {
  const texts = new Map<number, string>()
  for (const [code, glyph] of glyphs) {
    const text = code === REPLACEMENT.glyphOf ? REPLACEMENT.text : String.fromCodePoint(code)
    if (!texts.has(glyph)) texts.set(glyph, text)
  }
  const pairs = [...texts].sort(([a], [b]) => a - b)
  const lines = pairs.map(([glyph, text]) => `<${hex(glyph)}> <${[...text].map((c) => hex(c.charCodeAt(0))).join('')}>`)
  const blocks: string[] = []
  for (let i = 0; i < lines.length; i += 100) {
    const block = lines.slice(i, i + 100)
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`)
  }
  return Buffer.from(`/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`)
}

/** Collects blocks one after another, each beginning at a multiple of four. */
class Bin {
  private readonly parts: Buffer[] = []
  private length = 0

  add(bytes: Buffer): Block {
    const block: Block = [this.length, bytes.length]
    const padding = Buffer.alloc(-bytes.length & 3)
    this.parts.push(bytes, padding)
    this.length += bytes.length + padding.length
    return block
  }

  bytes = () => Buffer.concat(this.parts)
}

const hex = (value: number) => value.toString(16).toUpperCase().padStart(4, '0')
const deflate = (bytes: Buffer) => deflateSync(bytes, { level: 9 })

function hash(...files: string[]): string {
  const sum = createHash('sha256')
  for (const file of files) sum.update(readFileSync(file))
  return sum.digest('hex')
}
