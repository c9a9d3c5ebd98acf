/** Reads a JPEG's header, and removes what only cameras and scanners need (ITU T.81, Exif 2.32). Nothing is decoded. */
import { ok, type Result, refuse } from '../../domain/result'

export interface Jpeg {
  width: number
  height: number
  /** Grey or colour. */
  channels: 1 | 3
  /** From the first to the last marker, without EXIF, colour profiles, thumbnails and comments. */
  bytes: Uint8Array
}

type Problem = 'logo_broken' | 'logo_cmyk' | 'logo_turned' | 'logo_encoding'

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const EXIF = 0xe1
const ADOBE = 0xee
const COMMENT = 0xfe
/**
 * Baseline, extended and progressive; the others are lossless or arithmetic, which neither browsers nor PDF support.
 */
const FRAMES = [0xc0, 0xc1, 0xc2]
/** Tables whose markers lie between those of frames: DHT, JPG, DAC. */
const NO_FRAMES = [0xc4, 0xc8, 0xcc]

export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff

/**
 * Returns the size that the header gives, so that limits can be checked before anything else; undefined where there is
 * none.
 */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  for (const { marker, body } of segments(bytes))
    if (isFrame(marker)) return { height: word(body, 1), width: word(body, 3) }
  return undefined
}

/**
 * Reads what a page, a mail or a PDF needs of a JPEG; refuses CMYK, turned pictures and encodings that browsers don't
 * show.
 */
export function readJpeg(bytes: Uint8Array): Result<Jpeg, Problem> {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let frame: Uint8Array | undefined
  let complete = false
  for (const { marker, body, whole } of segments(bytes)) {
    if (marker === EXIF && orientationOf(body) > 1) return refuse('logo_turned')
    if (isFrame(marker)) {
      if (!FRAMES.includes(marker) || body[0] !== 8) return refuse('logo_encoding')
      if (body[5] === 4) return refuse('logo_cmyk')
      if (frame) return refuse('logo_broken')
      frame = body
    }
    if (marker === EOI) complete = true
    if (isNeeded(marker)) kept.push(whole)
  }
  if (!frame || !complete || frame.length < 6) return refuse('logo_broken')
  const channels = frame[5]
  const [height, width] = [word(frame, 1), word(frame, 3)]
  if ((channels !== 1 && channels !== 3) || width === 0 || height === 0) return refuse('logo_broken')
  return ok({ width, height, channels, bytes: Buffer.concat(kept) })
}

interface Segment {
  marker: number
  body: Uint8Array
  whole: Uint8Array
}

/** Yields segments as far as the file is well formed. A scan's coded data belongs to its segment. */
function* segments(bytes: Uint8Array): Generator<Segment> {
  let at = 2
  while (bytes[at] === 0xff) {
    while (bytes[at + 1] === 0xff) at++
    const marker = bytes[at + 1] ?? 0
    if (marker === EOI) {
      yield { marker, body: new Uint8Array(), whole: bytes.subarray(at, at + 2) }
      return
    }
    const length = word(bytes, at + 2)
    let end = at + 2 + length
    if (length < 2 || end > bytes.length) return
    const body = bytes.subarray(at + 4, end)
    if (marker === SOS) end = endOfScan(bytes, end)
    yield { marker, body, whole: bytes.subarray(at, end) }
    at = end
  }
}

/** Returns where a scan's coded data ends: in it FF is followed by 00 or a restart marker. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at !== -1 && isCoded(bytes[at + 1] ?? EOI)) at = bytes.indexOf(0xff, at + 2)
  return at === -1 ? bytes.length : at
}

const isCoded = (next: number): boolean => next === 0 || (next >= 0xd0 && next <= 0xd7)

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.includes(marker)

/** Keeps only JFIF's and Adobe's application segments, which define the colours. */
const isNeeded = (marker: number): boolean =>
  marker === APP0 || marker === ADOBE || !((marker >= APP0 && marker <= 0xef) || marker === COMMENT)

/**
 * Returns EXIF tag 0112: 1 = upright, 2 to 8 = turned or mirrored. 1 where the segment is not EXIF or lacks the tag.
 */
function orientationOf(body: Uint8Array): number {
  const EXIF_HEADER = 6
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  if (body.length < EXIF_HEADER + 10 || Buffer.from(body.subarray(0, 4)).toString('latin1') !== 'Exif') return 1
  const little = body[EXIF_HEADER] === 0x49
  const directory = EXIF_HEADER + view.getUint32(EXIF_HEADER + 4, little)
  if (directory + 2 > body.length) return 1
  const entries = view.getUint16(directory, little)
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12
    if (entry + 12 > body.length) return 1
    if (view.getUint16(entry, little) === 0x0112) return view.getUint16(entry + 8, little)
  }
  return 1
}

const word = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
