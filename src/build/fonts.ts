/**
 * Cuts the fonts of PDFs into slices without what a PDF does not need: `.build/fonts/fonts.bin` holds the bytes, `fonts.json` their
 * positions.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import subsetFont from 'subset-font'
import { takeApart } from './font-frame.ts'
import { type FaceMetrics, readGlyphs, readMetrics, readWidths } from './sfnt.ts'
import { DRAWN_AS, expand, REPLACEMENT, SLICES } from './slices.ts'
import { srgbProfile } from './srgb.ts'

/** Offset and length in fonts.bin. */
type Block = [number, number]

interface Slice {
  name: string
  /** By glyph id, in thousandths of an em. */
  widths: number[]
  /** By glyph id, the character that it draws: one UTF-16 unit each, U+0000 for a glyph without a character of its own. */
  characters: string
  /** What its TrueType files are put together from; `starts` are Uint32 in the byte order of the machine, which is the Worker's too. */
  frame: Block
  outlines: Block
  starts: Block
  components: Record<number, number[]>
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
    ...['fonts', 'font-frame', 'sfnt', 'slices', 'srgb'].map((name) => `${import.meta.dirname}/${name}.ts`),
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
  for (const [index, [sliceName, ranges]] of Object.entries(SLICES).entries()) {
    const codePoints = expand(ranges).filter((code) => code >= table.length || table[code] === 0)
    const file = await subsetFont(font, String.fromCodePoint(...codePoints), {
      noLayoutClosure: true,
      noHinting: true,
      dropTables: UNUSED_TABLES,
    })
    const widths = readWidths(file)
    const glyphs = readGlyphs(file)
    const parts = takeApart(file)
    for (const [code, glyph] of glyphs) {
      const width = widths[glyph] ?? 0
      if (glyph > 0x3ff || width > 0xfff) throw new Error(`${name}: U+${code.toString(16)} does not fit the table`)
      const at = code === REPLACEMENT.glyphOf ? REPLACEMENT.tableIndex : code
      table[at] = (((index + 1) << 24) | (glyph << 12) | width) >>> 0
    }
    slices.push({
      name: sliceName,
      widths,
      characters: charactersOf(glyphs, widths.length),
      frame: bin.add(parts.frame),
      outlines: bin.add(parts.outlines),
      starts: bin.add(Buffer.from(new Uint32Array(parts.starts).buffer)),
      components: parts.components,
    })
  }
  for (const [code, drawnAs] of Object.entries(DRAWN_AS)) table[Number(code)] = table[drawnAs] ?? 0
  return { name, ...readMetrics(font), glyphs: bin.add(Buffer.from(table.buffer)), slices }
}

/** Returns the character of each glyph. Of two characters that share a glyph it is the first. */
function charactersOf(glyphs: Map<number, number>, count: number): string {
  const characters = new Uint16Array(count)
  for (const [code, glyph] of glyphs)
    if (characters[glyph] === 0) characters[glyph] = code === REPLACEMENT.glyphOf ? REPLACEMENT.drawn : code
  return String.fromCharCode(...characters)
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

const deflate = (bytes: Buffer) => deflateSync(bytes, { level: 9 })

function hash(...files: string[]): string {
  const sum = createHash('sha256')
  for (const file of files) sum.update(readFileSync(file))
  return sum.digest('hex')
}
