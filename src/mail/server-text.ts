const MAX_LENGTH = 500

/** A server's own words, fit to be stored and shown: one line, no control characters, at most 500 characters. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_LENGTH)
    .toWellFormed()
