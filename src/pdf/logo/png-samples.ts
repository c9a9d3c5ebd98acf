/** Reads one pixel of an unfiltered PNG row as red, green, blue and alpha. Of 16 bits the upper eight are used. */

export interface Colours {
  palette: Uint8Array | undefined
  /** The tRNS chunk: alpha by palette entry, or the one transparent colour. */
  transparency: Uint8Array | undefined
}

/** Writes pixel `column` of `line` to `rgba` at `at`. */
export type Sample = (line: Uint8Array, column: number, rgba: Uint8Array, at: number) => void

export function sampler({ colour, depth }: { colour: number; depth: number }, colours: Colours): Sample {
  if (colour === 3) return indexed(depth, colours)
  const grey = colour === 0 || colour === 4
  const hasAlpha = colour === 4 || colour === 6
  const channels = (grey ? 1 : 3) + (hasAlpha ? 1 : 0)
  const clear = hasAlpha ? undefined : clearColour(colours.transparency, grey ? 1 : 3)
  const toByte = depth < 8 ? 255 / (2 ** depth - 1) : 1
  return (line, column, rgba, at) => {
    for (let i = 0; i < 3; i++) rgba[at + i] = byteAt(line, column * channels + (grey ? 0 : i), depth) * toByte
    if (hasAlpha) rgba[at + 3] = byteAt(line, column * channels + channels - 1, depth)
    else rgba[at + 3] = clear?.every((value, i) => wholeAt(line, column * channels + i, depth) === value) ? 0 : 255
  }
}

function indexed(depth: number, { palette, transparency }: Colours): Sample {
  return (line, column, rgba, at) => {
    const index = byteAt(line, column, depth)
    for (let i = 0; i < 3; i++) rgba[at + i] = palette?.[index * 3 + i] ?? 0
    rgba[at + 3] = transparency?.[index] ?? 255
  }
}

/** Reads the transparent colour: two bytes a channel, whatever the depth. */
function clearColour(transparency: Uint8Array | undefined, channels: number): number[] | undefined {
  if (!transparency || transparency.length < channels * 2) return undefined
  return Array.from({ length: channels }, (_, i) => wholeAt(transparency, i, 16))
}

/** Returns sample `index` of a row; of 16 bits the upper byte. */
function byteAt(line: Uint8Array, index: number, depth: number): number {
  if (depth === 8) return line[index] ?? 0
  if (depth === 16) return line[index * 2] ?? 0
  const perByte = 8 / depth
  const shift = 8 - depth * ((index % perByte) + 1)
  return ((line[Math.floor(index / perByte)] ?? 0) >> shift) & (2 ** depth - 1)
}

const wholeAt = (line: Uint8Array, index: number, depth: number): number =>
  depth === 16 ? ((line[index * 2] ?? 0) << 8) | (line[index * 2 + 1] ?? 0) : byteAt(line, index, depth)
