/** Describes a merchant's logo as documents, pages and mails refer to it; its bytes are in R2, under its hash. */

export interface Logo {
  /** Of the stored image, hex. */
  sha256: string
  type: 'image/png' | 'image/jpeg'
  /** Pixels. */
  width: number
  height: number
  /** Size of the stored image. */
  bytes: number
}

export const MAX_LOGO_BYTES = 1_000_000
/** Longest side, in pixels. */
export const MAX_LOGO_SIDE = 2000

/** Problems; `refusal.<reason>` in the locales is the text of each. */
export type LogoProblem =
  | 'file_missing'
  | 'logo_too_heavy'
  | 'logo_type'
  | 'logo_too_large'
  | 'logo_broken'
  | 'logo_cmyk'
  | 'logo_turned'
  | 'logo_encoding'

/** Returns the size that fits a box, in the box's unit; the image is never scaled beyond `perPixel` units a pixel. */
export function fitInto(
  { width, height }: Pick<Logo, 'width' | 'height'>,
  box: { width: number; height: number },
  perPixel: number,
): { width: number; height: number } {
  const scale = Math.min(box.width / width, box.height / height, perPixel)
  return { width: width * scale, height: height * scale }
}
