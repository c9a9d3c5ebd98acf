/**
 * Replaces `@pdf-lib/standard-fonts` in the Worker (alias in wrangler.toml): 90 KiB, compressed, of metrics of fonts
 * that Facteur never uses.
 */

export const FontNames = {}
export const Encodings = {}

export const Font = {
  load(): never {
    throw new Error('PDFs are drawn with embedded fonts only')
  },
}
