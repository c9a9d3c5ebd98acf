/** A merchant's logo as documents, pages and mails know it; its bytes are in R2, under its hash. */

export interface Logo {
  /** Of the image as it is kept, hex. */
  sha256: string
  type: 'image/png' | 'image/jpeg'
  /** Pixels. */
  width: number
  height: number
  /** Of the image. */
  bytes: number
}

export const MAX_LOGO_BYTES = 1_000_000
/** Of either side, in pixels. */
export const MAX_LOGO_SIDE = 2000

/** `refusal.<reason>` says each. */
export type LogoProblem =
  | 'file_missing'
  | 'logo_too_heavy'
  | 'logo_type'
  | 'logo_too_large'
  | 'logo_broken'
  | 'logo_cmyk'
  | 'logo_turned'
  | 'logo_encoding'

/** The size at which it is shown in a box, in the box's unit: never larger than the image has pixels for at `perPixel` of them each. */
export function fitInto(
  { width, height }: Pick<Logo, 'width' | 'height'>,
  box: { width: number; height: number },
  perPixel: number,
): { width: number; height: number } {
  const scale = Math.min(box.width / width, box.height / height, perPixel)
  return { width: width * scale, height: height * scale }
}
