/** Makes pictures: PNGs of any kind, and JPEGs of 24 × 8 pixels as a camera, a scanner or a print shop would save them. */
import { crc32, deflateSync } from 'node:zlib'

const bytes = (base64: string): Uint8Array => Uint8Array.fromBase64(base64)

export const JPEG = {
  colour: bytes(
    '/9j/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAIABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUE/8QAJxAAAAQEAwkAAAAAAAAAAAAAAAQREgECAwUTFHEGFSElQURikcH/xAAWAQEBAQAAAAAAAAAAAAAAAAAEAgP/xAAbEQACAQUAAAAAAAAAAAAAAAAAAREDBBIhcf/aAAwDAQACEQMRAD8Au8w3t3Wcx/JjHemtGgzJcs1VZDaBr4ph1C7UXovFNQARS1Ii5c48KFrImY4ZmueuskZZorQMT0orq2X6AANGwyP/2Q==',
  ),
  grey: bytes(
    '/9j/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAIABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAQF/8QAJhAAAAQFAgcBAAAAAAAAAAAAAAQREgECAwUTFHEVISVBRGKRwf/EABQBAQAAAAAAAAAAAAAAAAAAAAD/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwDe6hxbydZn9mMd8agoMyXHVVWQv7XxTHULtRey803AAF9rImY4zNc9dJIyzRWgYnpRXdsv6AAA/9k=',
  ),
  progressive: bytes(
    '/9j/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAIABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAQD/8QAFQEBAQAAAAAAAAAAAAAAAAAAAgP/2gAMAwEAAhADEAAAAbtA0oCl/8QAGRAAAgMBAAAAAAAAAAAAAAAAAhMAAxIj/9oACAEBAAEFAujSZqoCn//EABYRAAMAAAAAAAAAAAAAAAAAAAMQQf/aAAgBAwEBPwEkX//EABURAQEAAAAAAAAAAAAAAAAAAAIQ/9oACAECAQE/ATP/xAAdEAACAgEFAAAAAAAAAAAAAAABAgARAxI0QnGB/9oACAEBAAY/AuWu4dx4VgYvl6ap/8QAHBAAAQMFAAAAAAAAAAAAAAAAEQABITFRscHx/9oACAEBAAE/IetAOAmRoGwUIwetoy//2gAMAwEAAgADAAAAEPv/AP/EABcRAAMBAAAAAAAAAAAAAAAAAAABEYH/2gAIAQMBAT8Qe4Ef/8QAFxEAAwEAAAAAAAAAAAAAAAAAAAERIf/aAAgBAgEBPxDNGz//xAAdEAABBAIDAAAAAAAAAAAAAAARAAEhcTFBsdHw/9oACAEBAAE/EPBcZEZyRgDoyLTktuF7N9i//9k=',
  ),
  cmyk: bytes(
    '/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/8AAFAgACAAYBEMRAE0RAFkRAEsRAP/EABgAAAMBAQAAAAAAAAAAAAAAAAQFBgAH/8QAMBAAAAQDBQUHBQAAAAAAAAAAAQQREgADEwIFFSGBFCMlQXEWIkJRYWKSREWhscH/2gAOBEMATQBZAEsAAD8A6dDDiuOfX4htfvpUn/FjNV9Ya8Sxn7hiG2e+jRf8Gs1X1i+3tfx1HaJ+kSJs1ZvPap1PtAx9ptK0TYi+F2aeS5+cU84DteYzFWuFGCXai8lzTrnFzAE+yfrzGBfDXCjLchqLyXNOsH3YTN7syYP3mCCKlzNDpmyzrkMEky8/uTppo7zWTOpfloa5DGgy7ypgWT5xs/ZEBFZM4ZYr1aH9j//Z',
  ),
}

/** Returns a JPEG with this EXIF orientation, 1 to 8. */
export function turned(orientation: number, jpeg = JPEG.colour): Uint8Array {
  const exif = Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0', 'latin1')
  exif[24] = orientation
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)])
}

export interface PngKind {
  colour: 0 | 2 | 3 | 4 | 6
  depth: 1 | 2 | 4 | 8 | 16
  interlaced?: boolean
  palette?: number[]
  transparency?: number[]
}

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** Returns a PNG of these samples, row by row, with as many per pixel as the colour type has. */
export function png(
  width: number,
  height: number,
  kind: PngKind,
  samples: (x: number, y: number) => number[],
): Uint8Array {
  const passes = kind.interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const)
  const rows = passes.flatMap(([x0, y0, dx, dy]) => {
    const columns = range(x0, width, dx)
    return columns.length === 0
      ? []
      : range(y0, height, dy).map((y) =>
          packed(
            columns.flatMap((x) => samples(x, y)),
            kind.depth,
          ),
        )
  })
  const raw = Buffer.concat(rows.flatMap((row) => [Buffer.from([0]), row]))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([kind.depth, kind.colour, 0, 0, kind.interlaced ? 1 : 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(kind.palette ? [chunk('PLTE', Buffer.from(kind.palette))] : []),
    ...(kind.transparency ? [chunk('tRNS', Buffer.from(kind.transparency))] : []),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const channelsOf = ({ colour }: Pick<PngKind, 'colour'>): number => CHANNELS[colour]

/** Returns a picture of one colour, by default red, with or without a transparent half. */
export const plainPng = (width = 30, height = 10, { clear = false, red = 200 } = {}): Uint8Array =>
  png(width, height, { colour: 6, depth: 8 }, (x) => [red, 40, 30, clear && x * 2 < width ? 0 : 255])

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step)

function packed(values: number[], depth: number): Buffer {
  if (depth === 16) return Buffer.from(values.flatMap((value) => [value >> 8, value & 255]))
  const bits = values.map((value) => value.toString(2).padStart(depth, '0')).join('')
  return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
