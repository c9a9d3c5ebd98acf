/** Takes a TrueType file apart, so that the Worker puts subsets together by copying (OpenType 1.9). */
import { table } from './sfnt.ts'

export interface FontParts {
  /** A file without outlines: its directory, the tables `head`, `hhea`, `hmtx` and `maxp`, and a long `loca` of zeros. Sums are zero where they depend on the outlines. */
  frame: Buffer
  /** The table `glyf`. */
  outlines: Buffer
  /** Where each glyph's outline begins in `glyf`, and where the last one ends. */
  starts: number[]
  /** The glyphs that a composite glyph is made of, with theirs. */
  components: Record<number, number[]>
}

/** The directory lists tables by name. */
const TAGS = ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'] as const
const DIRECTORY_BYTES = 12 + 16 * TAGS.length
/** `head` comes first, so that its sum is at one place in each file; `loca` and `glyf` come last, since their content changes. */
const KEPT = ['head', 'hhea', 'hmtx', 'maxp'] as const

export function takeApart(font: Buffer): FontParts {
  const starts = readStarts(font)
  const outlines = table(font, 'glyf')
  const components: Record<number, number[]> = {}
  for (let glyph = 0; glyph + 1 < starts.length; glyph++) {
    const all = allComponents(outlines, starts, glyph)
    if (all.length > 0) components[glyph] = all
  }
  return { frame: frameOf(font, starts.length), outlines, starts, components }
}

function frameOf(font: Buffer, locations: number): Buffer {
  const kept = KEPT.map((tag) => ({ tag, bytes: padded(Buffer.from(table(font, tag))) }))
  const head = kept[0]?.bytes ?? Buffer.alloc(0)
  head.writeUInt32BE(0, 8)
  // Offsets in `loca` are long ones.
  head.writeInt16BE(1, 50)
  const records = new Map<string, { sum: number; offset: number; length: number }>()
  let offset = DIRECTORY_BYTES
  for (const { tag, bytes } of kept) {
    records.set(tag, { sum: sumOf(bytes), offset, length: table(font, tag).length })
    offset += bytes.length
  }
  records.set('loca', { sum: 0, offset, length: 4 * locations })
  records.set('glyf', { sum: 0, offset: offset + 4 * locations, length: 0 })
  const directory = Buffer.alloc(DIRECTORY_BYTES)
  directory.writeUInt32BE(0x00010000)
  // For a binary search: the largest power of two among the numbers of tables, in bytes, its exponent, and the rest.
  for (const [index, value] of [TAGS.length, 64, 2, 16 * TAGS.length - 64].entries())
    directory.writeUInt16BE(value, 4 + 2 * index)
  for (const [index, tag] of TAGS.entries()) {
    const { sum = 0, offset = 0, length = 0 } = records.get(tag) ?? {}
    const at = 12 + 16 * index
    directory.write(tag, at, 'latin1')
    for (const [word, value] of [sum, offset, length].entries()) directory.writeUInt32BE(value, at + 4 + 4 * word)
  }
  return Buffer.concat([directory, ...kept.map(({ bytes }) => bytes), Buffer.alloc(4 * locations)])
}

function readStarts(font: Buffer): number[] {
  const loca = table(font, 'loca')
  const isLong = table(font, 'head').readInt16BE(50) === 1
  return Array.from({ length: loca.length / (isLong ? 4 : 2) }, (_, glyph) =>
    isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph),
  )
}

/** Flags of a component, which say how many bytes follow. */
const WORDS = 0x0001
const SCALE = 0x0008
const MORE = 0x0020
const SCALE_XY = 0x0040
const MATRIX = 0x0080

function allComponents(outlines: Buffer, starts: number[], glyph: number): number[] {
  const start = starts[glyph] ?? 0
  if (starts[glyph + 1] === start || outlines.readInt16BE(start) >= 0) return []
  const found = new Set<number>()
  let at = start + 10
  for (let flags = MORE; flags & MORE; ) {
    flags = outlines.readUInt16BE(at)
    const component = outlines.readUInt16BE(at + 2)
    found.add(component)
    for (const part of allComponents(outlines, starts, component)) found.add(part)
    at += 4 + (flags & WORDS ? 4 : 2) + (flags & SCALE ? 2 : flags & SCALE_XY ? 4 : flags & MATRIX ? 8 : 0)
  }
  return [...found]
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])

/** Returns the sum of big-endian words, as the directory states it for a table. */
function sumOf(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0
  return sum
}
