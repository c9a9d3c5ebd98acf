/** Writes pictures as PNG, and their samples as streams that fit into a PDF unchanged. */
import { crc32, deflateSync } from 'node:zlib'
import { filtered } from './png-filter'
import type { Pixels } from './png-read'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const COLOUR_TYPE = { 3: 2, 4: 6 } as const

/**
 * Returns a PNG file.
 * @param coded `deflated` rows of three (opaque) or four samples a pixel
 */
export function pngOf(
  { width, height }: Pick<Pixels, 'width' | 'height'>,
  channels: 3 | 4,
  coded: Uint8Array,
): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, COLOUR_TYPE[channels]], 8)
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', coded), chunk('IEND', new Uint8Array())])
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/**
 * Compresses rows of samples, each after its filter byte, with and without a filter: plain colours need none,
 * photographs do.
 */
export function deflated(samples: Uint8Array, width: number, channels: 1 | 3 | 4): Uint8Array {
  const packed = ([0, 4] as const).map((filter) =>
    deflateSync(filtered(samples, width * channels, channels, filter), { level: 9 }),
  )
  return packed.reduce((best, next) => (next.length < best.length ? next : best))
}

/** Returns some of the four samples of each pixel. */
export function pick(rgba: Uint8Array, channels: readonly number[]): Uint8Array {
  const picked = new Uint8Array((rgba.length / 4) * channels.length)
  let at = 0
  for (let pixel = 0; pixel < rgba.length; pixel += 4)
    for (const channel of channels) picked[at++] = rgba[pixel + channel] ?? 0
  return picked
}
