/** Reads addresses in the shapes that servers write them in. */

/** Also `user@host` without a dot, which some reports name. Bounded, so that no text takes long. */
export const ADDRESS = `(?:"[^"\\s@]{1,64}"|[^\\s<>"'(),:;@[\\]=\\\\|]{1,64})@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?`

/** Returns the addresses of a text, in order. */
export const addressesIn = (text: string): string[] => text.match(ANY_ADDRESS) ?? []

const ANY_ADDRESS = new RegExp(ADDRESS, 'g')

/**
 * Reads the address of a `Final-Recipient` or `Original-Recipient` field: `rfc822; a@b`, `RFC822;<a@b>`, `a@b (name)`. A path, a local
 * user or an X.400 name is none.
 */
export function fieldAddress(value: string): string | undefined {
  // A source route (RFC 821) names the hosts on the way before the address; xtext (RFC 3461) escapes signs.
  const route = value.replace(/<?@[\w.,@-]{1,255}:/, '')
  const decoded = route.replace(/\+(40|2B|3D)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return FIELD_ADDRESS.exec(route)?.[0] ?? FIELD_ADDRESS.exec(decoded)?.[0]
}

/** A field holds nothing else, so signs that end an address in prose may be part of it: `o'brien@…`, `a=b@…`, `用户@…`. */
const FIELD_ADDRESS = /(?:"[^"\s@]{1,64}"|[^\s<>"(),:;@[\]\\]{1,64})@[^\s<>"'(),:;@[\]\\]{1,253}/u

/** Takes addresses out of a text, so that `full@…` is not read as a full mailbox. */
export const withoutAddresses = (text: string): string => text.replace(BRACKETED, '<>')

const BRACKETED = new RegExp(`<?${ADDRESS}>?`, 'g')
