/** Groups clients by network, for rate limits. */

/**
 * Returns the network of an address: an IPv4 address itself, the /64 of an IPv6 address (RFC 6177: a site gets a /64 at least, so
 * each of its 2⁶⁴ addresses costs nothing), and the IPv4 address behind an IPv4-mapped one (RFC 4291, 2.5.5.2).
 * @param address as a proxy reports it; what is no address is its own key
 */
export function networkOf(address: string): string {
  const text = (address.split('%')[0] ?? '').toLowerCase()
  if (!text.includes(':')) return text
  const groups = groupsOf(text)
  if (!groups) return text
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

const GROUPS = 8

/** The eight groups of an IPv6 address; undefined for what is none. */
function groupsOf(text: string): number[] | undefined {
  const [head = '', tail, ...rest] = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, asGroups).split('::')
  if (rest.length > 0) return undefined
  const [before, after] = [split(head), split(tail ?? '')]
  const missing = GROUPS - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const all = [...before, ...Array<string>(missing).fill('0'), ...after]
  return all.every((group) => /^[0-9a-f]{1,4}$/.test(group))
    ? all.map((group) => Number.parseInt(group, 16))
    : undefined
}

const split = (part: string): string[] => (part === '' ? [] : part.split(':'))

const asGroups = (_: string, a: string, b: string, c: string, d: string): string =>
  `${(Number(a) * 256 + Number(b)).toString(16)}:${(Number(c) * 256 + Number(d)).toString(16)}`
