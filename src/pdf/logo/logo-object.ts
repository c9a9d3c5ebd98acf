/** Stores a logo in R2 as prepared PDF objects, and embeds it in a file (PDF 32000-1, 8.9.5). */
import { type PDFContext, PDFName, PDFRawStream, type PDFRef } from 'pdf-lib'

/**
 * One image XObject and, where the picture is transparent, its soft mask, with their streams as they are written to the
 * file.
 */
export interface LogoObject {
  width: number
  height: number
  colours: 'DeviceRGB' | 'DeviceGray'
  /** `png`: deflated rows with filters; `jpeg`: the file itself. */
  coding: 'png' | 'jpeg'
  image: Uint8Array
  mask?: Uint8Array
}

type Head = Omit<LogoObject, 'image' | 'mask'> & { imageBytes: number }

/** Returns one line of JSON, followed by the streams. */
export function packLogoObject({ image, mask = new Uint8Array(), ...rest }: LogoObject): Uint8Array {
  const head: Head = { ...rest, imageBytes: image.length }
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), image, mask])
}

export function unpackLogoObject(packed: Uint8Array): LogoObject {
  const end = packed.indexOf(10)
  const { imageBytes, ...head } = JSON.parse(new TextDecoder().decode(packed.subarray(0, end))) as Head
  const mask = packed.subarray(end + 1 + imageBytes)
  return {
    ...head,
    image: packed.subarray(end + 1, end + 1 + imageBytes),
    ...(mask.length > 0 && { mask }),
  }
}

/** Adds the logo to a file. Its streams are copied, not encoded again. */
export function embedLogo(context: PDFContext, logo: LogoObject): PDFRef {
  const image = imageStream(context, logo, logo.image, logo.colours)
  if (logo.mask) {
    const mask = imageStream(context, logo, logo.mask, 'DeviceGray')
    image.dict.set(PDFName.of('SMask'), context.register(mask))
  }
  return context.register(image)
}

function imageStream(
  context: PDFContext,
  { width, height, coding }: LogoObject,
  bytes: Uint8Array,
  colours: LogoObject['colours'],
): PDFRawStream {
  const Colors = colours === 'DeviceRGB' ? 3 : 1
  const dict = context.obj({
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ColorSpace: colours,
    BitsPerComponent: 8,
    ...(coding === 'jpeg'
      ? { Filter: 'DCTDecode' }
      : { Filter: 'FlateDecode', DecodeParms: { Predictor: 15, Colors, BitsPerComponent: 8, Columns: width } }),
  })
  return withBulkCopy(PDFRawStream.of(dict, bytes))
}

/**
 * Makes pdf-lib copy the stream at once. Byte by byte, a logo of a megabyte takes ten times as long as the whole
 * drawing.
 */
function withBulkCopy(stream: PDFRawStream): PDFRawStream {
  const [before, after] = ['\nstream\n', '\nendstream'].map((text) => Buffer.from(text, 'latin1'))
  const copyBytesInto = (buffer: Uint8Array, offset: number): number => {
    let at = offset
    stream.updateDict()
    at += stream.dict.copyBytesInto(buffer, at)
    for (const part of [before, stream.contents, after]) {
      if (part) buffer.set(part, at)
      at += part?.length ?? 0
    }
    return at - offset
  }
  return Object.assign(stream, { copyBytesInto })
}
