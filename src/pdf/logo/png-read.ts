/**
 * Decodes any PNG to 8-bit red, green, blue and alpha: every colour type and depth, interlaced or not (W3C PNG, third
 * edition).
 */
import { inflateSync } from 'node:zlib'
import { unfilter } from './png-filter'
import { type Colours, sampler } from './png-samples'

export interface Pixels {
  width: number
  height: number
  /** Four bytes a pixel. */
  rgba: Uint8Array
}

interface Header {
  width: number
  height: number
  depth: number
  colour: number
  interlaced: boolean
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Samples a pixel and allowed depths, by colour type. */
const TYPES: Record<number, { channels: number; depths: number[] }> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
}
/** The passes of Adam7: where each begins and how far apart its pixels are. */
const PASSES = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
]
const WHOLE = [{ x: 0, y: 0, dx: 1, dy: 1 }]

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte)

/**
 * Returns the size that the header gives, so that limits can be checked before anything is decoded; undefined where
 * there is none.
 */
export function pngSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const [first] = chunksOf(bytes)
  return first?.type === 'IHDR' && first.data.length === 13 ? headerOf(first.data) : undefined
}

/** Returns the pixels; undefined for a file that is damaged or cut short. The size must have been checked before. */
export function readPng(bytes: Uint8Array): Pixels | undefined {
  const chunks = [...chunksOf(bytes)]
  const find = (type: string) => chunks.find((chunk) => chunk.type === type)?.data
  const [first] = chunks
  if (first?.type !== 'IHDR' || first.data.length !== 13 || chunks.at(-1)?.type !== 'IEND') return undefined
  const header = headerOf(first.data)
  const type = TYPES[header.colour]
  const colours: Colours = { palette: find('PLTE'), transparency: find('tRNS') }
  if (!type?.depths.includes(header.depth) || header.width === 0 || header.height === 0) return undefined
  if (header.colour === 3 && !colours.palette) return undefined
  const coded = chunks.filter((chunk) => chunk.type === 'IDAT').map((chunk) => chunk.data)
  return decode(header, type.channels, colours, Buffer.concat(coded))
}

function decode(header: Header, channels: number, colours: Colours, coded: Uint8Array): Pixels | undefined {
  const { width, height, depth, colour } = header
  const bits = channels * depth
  const passes = (header.interlaced ? PASSES : WHOLE).map((pass) => ({
    ...pass,
    columns: Math.ceil((width - pass.x) / pass.dx),
    rows: Math.ceil((height - pass.y) / pass.dy),
  }))
  const used = passes.filter(({ columns, rows }) => columns > 0 && rows > 0)
  const rowBytes = (columns: number) => Math.ceil((columns * bits) / 8)
  const expected = used.reduce((sum, { columns, rows }) => sum + rows * (1 + rowBytes(columns)), 0)
  const raw = inflated(coded, expected)
  if (!raw) return undefined

  const rgba = new Uint8Array(width * height * 4)
  const sample = sampler({ colour, depth }, colours)
  let at = 0
  for (const { x, y, dx, dy, columns, rows } of used) {
    const length = rowBytes(columns)
    const lines = raw.subarray(at, at + rows * (length + 1))
    if (!unfilter(lines, length, Math.max(1, bits >> 3))) return undefined
    for (let row = 0; row < rows; row++) {
      const line = lines.subarray(row * (length + 1) + 1, (row + 1) * (length + 1))
      for (let column = 0; column < columns; column++)
        sample(line, column, rgba, ((y + row * dy) * width + x + column * dx) * 4)
    }
    at += lines.length
  }
  return { width, height, rgba }
}

/**
 * Inflates not much more than the size in the header, whatever the file contains. The margin is needed because workerd
 * grows its buffer in steps and counts those.
 */
function inflated(coded: Uint8Array, expected: number): Uint8Array | undefined {
  try {
    const raw = inflateSync(coded, { maxOutputLength: 2 * expected + 65_536 })
    return raw.length >= expected ? raw : undefined
  } catch {
    return undefined
  }
}

interface Chunk {
  type: string
  data: Uint8Array
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = SIGNATURE.length
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at)
    if (at + 12 + length > bytes.length) return
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1')
    yield { type, data: bytes.subarray(at + 8, at + 8 + length) }
    if (type === 'IEND') return
    at += 12 + length
  }
}

function headerOf(data: Uint8Array): Header {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth: data[8] ?? 0,
    colour: data[9] ?? 0,
    interlaced: data[12] === 1,
  }
}
