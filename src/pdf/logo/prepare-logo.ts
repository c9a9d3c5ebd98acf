/** Checks an uploaded picture and converts it once into what pages, mails and PDFs use. */
import { type Logo, type LogoProblem, MAX_LOGO_BYTES, MAX_LOGO_SIDE } from '../../domain/logo'
import { ok, type Refused, type Result, refuse } from '../../domain/result'
import { isJpeg, jpegSize, readJpeg } from './jpeg'
import { type LogoObject, packLogoObject } from './logo-object'
import { isPng, pngSize, readPng } from './png-read'
import { deflated, pick, pngOf } from './png-write'
import { shrink } from './shrink'

export interface PreparedLogo extends Omit<Logo, 'sha256' | 'bytes'> {
  /** PNG or JPEG, for pages and mails. */
  image: Uint8Array
  /** Result of `packLogoObject`, for PDFs. */
  object: Uint8Array
}

/**
 * Converts a PNG or JPEG. A PNG is decoded and written again, no larger than print needs; a JPEG is kept without its
 * EXIF. The same file always gives the same bytes. Too many bytes or pixels are refused before anything is decoded.
 */
export function prepareLogo(bytes: Uint8Array): Result<PreparedLogo, LogoProblem> {
  if (bytes.length === 0) return refuse('file_missing')
  if (bytes.length > MAX_LOGO_BYTES) return refuse('logo_too_heavy')
  if (isPng(bytes)) return checkSize(pngSize(bytes)) ?? preparePng(bytes)
  if (isJpeg(bytes)) return checkSize(jpegSize(bytes)) ?? prepareJpeg(bytes)
  return refuse('logo_type')
}

function checkSize(size: { width: number; height: number } | undefined): Refused<LogoProblem> | undefined {
  if (!size) return refuse('logo_broken')
  const { width, height } = size
  if (width > MAX_LOGO_SIDE || height > MAX_LOGO_SIDE)
    return refuse('logo_too_large', { width, height, max: MAX_LOGO_SIDE })
  return undefined
}

function preparePng(bytes: Uint8Array): Result<PreparedLogo, LogoProblem> {
  const read = readPng(bytes)
  if (!read) return refuse('logo_broken')
  const { width, height, rgba } = shrink(read)
  const size = { width, height }
  const image = deflated(pick(rgba, [0, 1, 2]), width, 3)
  const opaque = rgba.every((value, i) => i % 4 !== 3 || value === 255)
  const object: LogoObject = { ...size, colours: 'DeviceRGB', coding: 'png', image }
  if (opaque) return ok({ ...size, type: 'image/png', image: pngOf(size, 3, image), object: packLogoObject(object) })
  const mask = deflated(pick(rgba, [3]), width, 1)
  return ok({
    ...size,
    type: 'image/png',
    image: pngOf(size, 4, deflated(rgba, width, 4)),
    object: packLogoObject({ ...object, mask }),
  })
}

function prepareJpeg(bytes: Uint8Array): Result<PreparedLogo, LogoProblem> {
  const read = readJpeg(bytes)
  if (!read.ok) return read
  const { width, height, channels, bytes: image } = read.value
  const colours = channels === 1 ? 'DeviceGray' : 'DeviceRGB'
  const object = packLogoObject({ width, height, colours, coding: 'jpeg', image })
  return ok({ width, height, type: 'image/jpeg', image, object })
}
