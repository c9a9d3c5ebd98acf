/** Puts together TrueType files that hold the outlines of a few glyphs (OpenType 1.9), from the parts that `src/build/font-frame.ts` made. */

/** Where a file states sums and lengths that depend on its outlines. */
const GLYF_RECORD = 12
const LOCA_RECORD = 12 + 4 * 16
const ADJUSTMENT_AT = 12 + 6 * 16 + 8
/** What all words of a file sum up to. */
const WHOLE_SUM = 0xb1b0afba

export class FontFile {
  readonly #frame: Uint8Array
  readonly #frameSum: number
  readonly #outlines: Uint8Array
  readonly #starts: Uint32Array
  readonly #components: Record<string, number[]>

  /**
   * @param frame a file without outlines, which ends with a `loca` of zeros
   * @param starts where each glyph's outline begins in `outlines`, and where the last one ends
   * @param components glyph ids by that of the glyph that is made of them
   */
  constructor(frame: Uint8Array, outlines: Uint8Array, starts: Uint32Array, components: Record<string, number[]>) {
    this.#frame = frame
    this.#frameSum = sumOfWords(new DataView(frame.buffer, frame.byteOffset, frame.length), 0, frame.length)
    this.#outlines = outlines
    this.#starts = starts
    this.#components = components
  }

  /** Returns a file in which these glyphs have their outlines and all others have none. Glyph ids stay as they are. */
  subset(glyphs: readonly number[]): Uint8Array {
    const drawn = this.#withComponents(glyphs)
    const frameEnd = this.#frame.length
    const size = drawn.reduce((sum, glyph) => sum + this.#paddedSize(glyph), 0)
    const file = new Uint8Array(frameEnd + size)
    const view = new DataView(file.buffer)
    file.set(this.#frame)
    const locaAt = frameEnd - 4 * this.#starts.length
    let end = 0
    let located = 0
    for (const glyph of drawn) {
      // Those in between are empty: they begin where the next one does.
      for (; located <= glyph; located++) view.setUint32(locaAt + 4 * located, end)
      file.set(this.#outlines.subarray(this.#starts[glyph], this.#starts[glyph + 1]), frameEnd + end)
      end += this.#paddedSize(glyph)
    }
    for (; located < this.#starts.length; located++) view.setUint32(locaAt + 4 * located, end)
    const locaSum = sumOfWords(view, locaAt, frameEnd)
    const glyfSum = sumOfWords(view, frameEnd, file.length)
    view.setUint32(LOCA_RECORD + 4, locaSum)
    view.setUint32(GLYF_RECORD + 4, glyfSum)
    view.setUint32(GLYF_RECORD + 12, size)
    // Each sum counts twice: as the words of its table, and in the directory.
    view.setUint32(ADJUSTMENT_AT, (WHOLE_SUM - this.#frameSum - 2 * locaSum - 2 * glyfSum - size) >>> 0)
    return file
  }

  /** Returns these glyphs and what they are made of, in order. The first one is drawn for a glyph that is missing, so each file has it. */
  #withComponents(glyphs: readonly number[]): number[] {
    const all = new Set([0, ...glyphs])
    for (const glyph of glyphs) for (const component of this.#components[glyph] ?? []) all.add(component)
    return [...all].sort((a, b) => a - b)
  }

  #paddedSize(glyph: number): number {
    return ((this.#starts[glyph + 1] ?? 0) - (this.#starts[glyph] ?? 0) + 3) & ~3
  }
}

/** Returns the sum of the big-endian words of a part whose length is a multiple of four. */
function sumOfWords(view: DataView, start: number, end: number): number {
  let sum = 0
  for (let at = start; at < end; at += 4) sum = (sum + view.getUint32(at)) >>> 0
  return sum
}
