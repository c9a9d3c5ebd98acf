/**
 * Reduces a picture to the size that print needs: each new pixel is the mean of those it replaces, weighted by their
 * opacity.
 */
import type { Pixels } from './png-read'

/** Sixty by twenty millimetres at about 500 dots an inch. */
export const PRINT_BOX = { width: 1200, height: 400 }

/** Returns the reduced picture; the same one where it is small enough already. */
export function shrink(picture: Pixels): Pixels {
  const scale = Math.min(1, PRINT_BOX.width / picture.width, PRINT_BOX.height / picture.height)
  if (scale === 1) return picture
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  const rgba = new Uint8Array(width * height * 4)
  const step = picture.height / height
  const area = step * (picture.width / width)
  const sums = new Float64Array(width * 4)
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    const [from, to] = [y * step, (y + 1) * step]
    for (let row = Math.floor(from); row < Math.min(picture.height, to); row++)
      addRow(picture, row, overlap(row, from, to), sums, width)
    writeRow(sums, area, rgba, y * width * 4)
  }
  return { width, height, rgba }
}

/** Returns how much of the unit from `at` lies between `from` and `to`. */
const overlap = (at: number, from: number, to: number): number => Math.min(at + 1, to) - Math.max(at, from)

/**
 * Adds a row to the sums. Colours are weighted by their opacity, so that a transparent background doesn't bleed into
 * edges.
 */
function addRow(
  { rgba, width: sourceWidth }: Pixels,
  row: number,
  weight: number,
  sums: Float64Array,
  width: number,
): void {
  const step = sourceWidth / width
  for (let x = 0; x < width; x++) {
    const [from, to] = [x * step, (x + 1) * step]
    for (let column = Math.floor(from); column < Math.min(sourceWidth, to); column++) {
      const at = (row * sourceWidth + column) * 4
      const share = weight * overlap(column, from, to)
      const alpha = share * (rgba[at + 3] ?? 0)
      for (let i = 0; i < 3; i++) sums[x * 4 + i] = (sums[x * 4 + i] ?? 0) + alpha * (rgba[at + i] ?? 0)
      sums[x * 4 + 3] = (sums[x * 4 + 3] ?? 0) + alpha
    }
  }
}

function writeRow(sums: Float64Array, area: number, rgba: Uint8Array, at: number): void {
  for (let i = 0; i < sums.length; i += 4) {
    const alpha = sums[i + 3] ?? 0
    for (let j = 0; j < 3; j++) rgba[at + i + j] = alpha > 0 ? Math.round((sums[i + j] ?? 0) / alpha) : 255
    rgba[at + i + 3] = Math.round(alpha / area)
  }
}
