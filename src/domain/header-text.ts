/** Cleans texts for a mail's headers, so that they can't pass for another sender or hide anything. */

/**
 * Makes a text safe for a header: one line, nothing invisible, no text direction of its own, spaces that can't push the rest out of
 * sight, and no encoded word (RFC 2047) that a mail program would decode into something else. Given again it stays as it is.
 */
export const headerText = (text: string): string =>
  CLEAN.test(text)
    ? text
    : withoutHidden(text)
        .replace(/\p{M}{5,}/gu, (marks) => [...marks].slice(0, 4).join(''))
        // Before encoded words are looked for: one may have any kind of blank in it.
        .replace(SPACES, ' ')
        // An encoded word in ASCII would be decoded by the reader's program; its lookalikes by whatever folds them.
        .replace(ENCODED_WORD, '= ')
        .trim()

/** Words of visible ASCII without `=`, of Latin letters, and of the usual signs, one space apart: the usual text, of which nothing is taken away. */
const CLEAN = /^[!-<>-~\u00a1-\u00ac\u00ae-\u02af–—‘’“”…€]+(?: [!-<>-~\u00a1-\u00ac\u00ae-\u02af–—‘’“”…€]+)*$/

/**
 * Makes a name safe for the words before an address: as `headerText`, and nothing in it looks like an address or ends its quotes. A
 * sign repeated to fill the line is cut to three.
 */
export const displayNameText = (name: string): string =>
  headerText(
    [...withoutHidden(name)]
      .map((character) => (NOT_IN_NAMES.test(character.normalize('NFKC')) ? ' ' : character))
      .join('')
      .replace(SPACES, ' ')
      .replace(FILLING, '$1$1$1'),
  )

const SPACES = /[\s\p{Cc}\p{Zs}\u2028\u2029\u2800]+/gu

/** All characters that end with `=`, before all that begin with `?`, after NFKC. */
const ENCODED_WORD = /[=\uff1d\ufe66\u207c\u208c\u2a74-\u2a76]\s*(?=[?\uff1f\ufe56\ufe16\u2047\u2048])/gu

/** Matches characters that could pass for part of an address, after NFKC. */
const NOT_IN_NAMES = /[@"<>\\]/

/** The same sign four times or more, close together or spaced out. */
const FILLING = /([^\p{L}\p{N}\p{M}\s])(?:\s?\1){3,}/gu

/**
 * Takes away what nobody sees. Kept are the joiners that Persian and the scripts of India write with, and those within emoji, where
 * they stand between two characters that they join.
 */
const withoutHidden = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Bidi_Control}\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(HIDDEN, (character, offset: number, whole: string) =>
      joins(character, whole.slice(0, offset), whole.slice(offset + character.length)) ? character : '',
    )

/** Format controls that have no width, what programs need not show, private and unassigned characters. */
const HIDDEN = /[\p{Default_Ignorable_Code_Point}\p{Co}\p{Cn}\ufff9-\ufffb]/gu

function joins(character: string, before: string, after: string): boolean {
  if (character === '\ufe0f') return EMOJI_END.test(before)
  if (character === '\u200d' && EMOJI_END.test(before)) return EMOJI_START.test(after)
  if (character !== '\u200c' && character !== '\u200d') return false
  return JOINED_END.test(before) && JOINED_START.test(after)
}

/** Without the code points that are reserved for emoji to come: they are unassigned, so they are taken away themselves. */
const EMOJI_END = /(?:(?!\p{Cn})\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})$/u
const EMOJI_START = /^(?!\p{Cn})\p{Extended_Pictographic}/u
const JOINED = String.raw`[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]`
const JOINED_END = new RegExp(`${JOINED}$`, 'u')
const JOINED_START = new RegExp(`^${JOINED}`, 'u')
