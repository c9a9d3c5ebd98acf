/** Cleans text that people type, before it is stored. */

/**
 * Cleans one line: controls and line breaks become spaces, runs of spaces one, none at the ends; Unicode composed (NFC). A line in which
 * nothing can be seen is empty.
 */
export const cleanLine = (text: string): string =>
  emptyIfInvisible(
    text
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim(),
  )

/** All that has no shape: fillers, joiners, marks of direction, the blank of Braille. */
const emptyIfInvisible = (text: string): string =>
  /^[\p{Default_Ignorable_Code_Point}\p{Cf}\s\u2800]+$/u.test(text) ? '' : text

/** Cleans several lines: LF between them, no other controls but tabs, no space at the end of a line nor empty lines at the ends. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\v\f\x85\u2028\u2029]/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()
    .replace(/^\n+/, '')
