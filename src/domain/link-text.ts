/** Finds what mail programs turn into links by themselves, in whatever characters it is written: addresses, hosts, IP addresses. */
import { COUNTRIES } from './countries'

const REST = String.raw`[^\s)\]}>"']*`
const LABEL = String.raw`[\p{L}\p{N}-]{1,63}`
/** Ends a sentence in Chinese and Japanese, and is a dot to IDNA: between these it is meant as one. */
const IDEOGRAPHIC_DOT = String.raw`[a-z0-9-]{1,63}[。｡][a-z]{2,24}(?![\p{L}\p{N}])|[\p{L}\p{N}-]{1,63}[。｡](?:com|net|org|info|biz|io|app|dev|xyz|cn|jp|kr|tw|hk)(?![\p{L}\p{N}])`

/** For text whose characters went through `foldedCharacter`; in the order of the text. */
export const LINK = new RegExp(
  [
    String.raw`[\p{L}\p{N}+.-]{1,30}:\/\/${REST}`,
    String.raw`\b(?:mailto|tel):[^\s)\]}>"']+`,
    String.raw`(?<![\p{N}.])(?:\p{N}{1,3}[.。｡]){3}\p{N}{1,3}(?![\p{N}])${REST}`,
    String.raw`(?:${LABEL}\.){1,8}\p{L}{2,63}${REST}`,
    `(?:${IDEOGRAPHIC_DOT})${REST}`,
  ].join('|'),
  'giu',
)

/** Folds a character as whatever opens an address does: fullwidth letters, dots and slashes become plain ones, invisible ones nothing. */
export const foldedCharacter = (character: string): string =>
  INVISIBLE.test(character) ? '' : character.normalize('NFKC')

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u

const folded = (text: string): string => [...text].map(foldedCharacter).join('')

/**
 * Makes a name or another value safe for a mail that may hold no link of a stranger's: what a program would make a link of is
 * written with a space after each dot. Anything else stays as it is.
 */
export function withoutLinks(text: string): string {
  let shown = folded(text)
  if (!holdsMatch(LINK, shown)) return text
  for (let pass = 0; pass < MOST_PASSES && holdsMatch(LINK, shown); pass++) shown = shown.replace(LINK, broken)
  return holdsMatch(LINK, shown) ? shown.replace(/[.:。｡]/gu, ' ') : shown
}

const MOST_PASSES = 5

const broken = (link: string): string => link.replace(/:\/\/|:(?=\S)/g, ': ').replace(/[.。｡](?=\S)/gu, '$& ')

const holdsMatch = (pattern: RegExp, text: string): boolean => new RegExp(pattern.source, 'iu').test(text)

const TOP_LEVEL = [
  ...COUNTRIES,
  ...(
    'com net org info biz name pro io app dev page web site website online store shop cloud tech digital agency studio ' +
    'xyz top club vip win bid loan link click live life world today news email mail support help blog company group ' +
    'finance bank money pay credit capital art design media eu uk example test'
  ).split(' '),
].join('|')

const SURE_LINK = new RegExp(
  [
    String.raw`[\p{L}\p{N}+.-]{1,30}:\/\/`,
    String.raw`\b(?:mailto|tel):\S`,
    String.raw`(?<![\p{N}.])(?:\p{N}{1,3}[.。｡]){3}\p{N}{1,3}(?![\p{N}])`,
    String.raw`\bwww[.。｡][\p{L}\p{N}]`,
    `@${LABEL}[.。｡]${LABEL}`,
    String.raw`${LABEL}[.。｡](?:${TOP_LEVEL})[/?#:]\S`,
  ].join('|'),
)

/** Returns whether a name contains a link, an e-mail address, an IP address or `www.`. */
export const holdsLink = (name: string): boolean => holdsMatch(SURE_LINK, folded(name))

const KNOWN_HOST = new RegExp(
  String.raw`(?:^|[^\p{L}\p{N}.-])[\p{L}\p{N}][\p{L}\p{N}-]{1,62}[.。｡](?:${LABEL}[.。｡]){0,8}(?:xn--[a-z0-9-]+|${TOP_LEVEL})(?![\p{L}\p{N}.])`,
)

/**
 * True for a name with a link or the name of a host, by the top-level domains that people know. Abbreviations pass (`S.A.R.L.`,
 * `Dr.Meier`, `Co.KG`).
 */
export const holdsLinkOrHost = (name: string): boolean =>
  holdsLink(name) || holdsMatch(KNOWN_HOST, folded(name).replace(/\bco\.kg\b/giu, ''))
