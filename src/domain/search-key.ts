/** Returns the key that prefix search compares, without case, accents and double spaces: « Éléonore  Dupré » → 'eleonore dupre'. */
export const searchKey = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim().slice(0, 100)

/** Returns the end of the half-open range that contains every key beginning with `prefix`. */
export const prefixEnd = (prefix: string): string => `${prefix}\u{10FFFF}`
