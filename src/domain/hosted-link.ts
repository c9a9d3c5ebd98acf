/** Decides how long a customer's link to the page of their document works. */
import { addMonths } from './calendar'

/** Returns whether a text has the form of a link's token: 128 bits, base64url. */
export const isLinkToken = (text: string): boolean => /^[\w-]{22}$/.test(text)

/** Returns a text with the tokens of customers' links hidden: what it shows can't be opened, posted to or unsubscribed with. */
export const hideLinkTokens = (text: string): string => text.replace(/(\/d\/)[\w-]{22}(?![\w-])/g, '$1•••')

export type LinkState = 'open' | 'expired' | 'revoked'

/** Returns whether a link made at `createdAt` still opens at `now`. All times are epoch ms. */
export function linkState(
  link: { createdAt: number; revokedAt: number | null },
  expiryMonths: number,
  now: number,
): LinkState {
  if (link.revokedAt !== null && link.createdAt <= link.revokedAt) return 'revoked'
  return now < addMonths(link.createdAt, expiryMonths) ? 'open' : 'expired'
}

/** Masks an address for anyone who has its link: anna.dupre@example.org → « a…@example.org ». */
export const maskAddress = (address: string): string => address.replace(/^(.)[^@]*/, '$1…')
