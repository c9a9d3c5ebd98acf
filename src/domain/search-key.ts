/** What prefix search compares: no case, no accents, single spaces: « Éléonore  Dupré » → 'eleonore dupre'. */
export const searchKey = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim().slice(0, 100)

/** The end of the half-open range that holds every key beginning with `prefix`. */
export const prefixEnd = (prefix: string): string => `${prefix}\u{10FFFF}`
