/**
 * Defines the slices of Noto Sans. Each that a document uses is a font of its own, so characters that occur together share one.
 */

/** Ranges (first, last) and single code points. A character belongs to the first slice that names it. */
export const SLICES: Record<string, (number | [number, number])[]> = {
  latin: [[0x20, 0x7e], [0xa0, 0xac], [0xae, 0xff], ...codes('ŒœŸ–—‘’‚“”„†‡•…‰‹›€™−\ufffd')],
  // Polish, Czech, Hungarian, Turkish, Baltic, Romanian, Vietnamese …
  'latin-ext': [[0x100, 0x17f], [0x218, 0x21b], ...codes('ƠơƯưẞ'), [0x1ea0, 0x1ef9]],
  'latin-rare': [
    [0x180, 0x24f],
    [0x2b0, 0x36f],
    [0x1e00, 0x1eff],
  ],
  greek: [[0x370, 0x3ff]],
  'greek-rare': [[0x1f00, 0x1fff]],
  cyrillic: [[0x400, 0x45f], ...codes('Ґґ№')],
  'cyrillic-rare': [[0x460, 0x52f]],
  currency: [[0x20a0, 0x20cf]],
  symbols: [
    [0x2010, 0x2027],
    [0x2030, 0x205e],
    [0x2070, 0x209f],
    [0x2100, 0x218f],
    [0x2190, 0x25ff],
  ],
}

/** Maps spaces and hyphens to those that are drawn instead: `Intl` writes narrow spaces between digits. */
export const DRAWN_AS: Record<number, number> = {
  8199: 0xa0,
  8201: 0xa0,
  8239: 0xa0,
  8208: 0x2d,
  8209: 0x2d,
}

/**
 * Glyph for a character that no slice has, read as « □ ». The table of glyphs holds it under U+0001, which no cleaned text contains.
 */
export const REPLACEMENT = { glyphOf: 0xfffd, drawn: 0x25a1, tableIndex: 1 }

export const expand = (slice: (number | [number, number])[]): number[] =>
  slice.flatMap((part) =>
    typeof part === 'number' ? part : Array.from({ length: part[1] - part[0] + 1 }, (_, i) => part[0] + i),
  )

function codes(text: string): number[] {
  return [...text].map((char) => char.codePointAt(0) ?? 0)
}
