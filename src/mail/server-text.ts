const MAX_LENGTH = 500

/**
 * Cleans the text of a server's reply to be stored and shown: one line, no control characters, at most 500 characters.
 */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_LENGTH)
    .toWellFormed()
