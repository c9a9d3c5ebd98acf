/**
 * Tells hosts on the public internet from private ones, since an account's mail server is connected to from our network. A name is only
 * checked by its form: the platform refuses connections to private addresses that it resolves to.
 */

/** Special-use names that are never in the public DNS (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal). */
const PRIVATE_SUFFIXES = [
  'localhost',
  'local',
  'internal',
  'home.arpa',
  'lan',
  'intranet',
  'corp',
  'home',
  'test',
  'invalid',
  'example',
  'onion',
]

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i

/** Returns true for a fully qualified name in the public DNS. IP addresses are refused: certificates of mail servers are for names. */
export function isPublicHost(host: string): boolean {
  const labels = host.replace(/\.$/, '').toLowerCase().split('.')
  const last = labels.at(-1) ?? ''
  return (
    labels.length >= 2 &&
    host.length <= 253 &&
    labels.every((label) => LABEL.test(label)) &&
    // The last label of an IPv4 address is a number, in whatever notation.
    !/^(\d+|0x[0-9a-f]*)$/i.test(last) &&
    !PRIVATE_SUFFIXES.some((suffix) => labels.join('.').endsWith(`.${suffix}`))
  )
}
