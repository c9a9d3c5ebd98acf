/** In the Worker stands for `@pdf-lib/standard-fonts` (alias in wrangler.toml): 90 KiB compressed of metrics of fonts that we never draw with. */

export const FontNames = {}
export const Encodings = {}

export const Font = {
  load(): never {
    throw new Error('PDFs are drawn with fonts of our own')
  },
}
