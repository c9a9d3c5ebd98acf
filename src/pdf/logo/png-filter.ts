/** Applies and removes the filters that PNG, and PDF's predictor 15, use so that rows compress better (W3C PNG, 9). */

/**
 * Removes the filters in place; false for an unknown filter. `lines` holds rows of one filter byte and `length` bytes.
 */
export function unfilter(lines: Uint8Array, length: number, pixelBytes: number): boolean {
  const stride = length + 1
  for (let start = 1; start < lines.length; start += stride) {
    const filter = lines[start - 1] ?? 0
    const above = start > stride
    for (let i = start; i < start + length; i++) {
      const left = i - pixelBytes >= start ? (lines[i - pixelBytes] ?? 0) : 0
      const up = above ? (lines[i - stride] ?? 0) : 0
      const corner = above && i - pixelBytes >= start ? (lines[i - stride - pixelBytes] ?? 0) : 0
      const prediction = predict(filter, left, up, corner)
      if (prediction === undefined) return false
      lines[i] = (lines[i] ?? 0) + prediction
    }
  }
  return true
}

function predict(filter: number, left: number, up: number, corner: number): number | undefined {
  switch (filter) {
    case 0:
      return 0
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4:
      return paeth(left, up, corner)
    default:
      return undefined
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

/** Returns rows of samples with this filter applied, each after its filter byte. */
export function filtered(samples: Uint8Array, length: number, pixelBytes: number, filter: 0 | 4): Uint8Array {
  const rows = samples.length / length
  const lines = new Uint8Array(rows * (length + 1))
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * length, row * (length + 1)]
    lines[to] = filter
    for (let i = 0; i < length; i++) {
      const left = i >= pixelBytes ? (samples[from + i - pixelBytes] ?? 0) : 0
      const up = row > 0 ? (samples[from + i - length] ?? 0) : 0
      const corner = row > 0 && i >= pixelBytes ? (samples[from + i - length - pixelBytes] ?? 0) : 0
      lines[to + 1 + i] = (samples[from + i] ?? 0) - (predict(filter, left, up, corner) ?? 0)
    }
  }
  return lines
}
