/** Decides which addresses webhooks are posted to: public ones, by https, so that no account reaches into the network of the deployment. */
import { isPublicHost } from './public-host'
import { ok, type Result, refuse } from './result'

export const MAX_TARGET_CHARS = 2000

export type TargetRefusal = 'target_invalid' | 'target_plain' | 'target_private'

/**
 * Reads the URL of an endpoint.
 * @param allowsPrivate a setting of the deployment, for developers' machines: http and any host
 */
export function parseTarget(text: string, allowsPrivate: boolean): Result<string, TargetRefusal> {
  const url = URL.parse(text.trim())
  if (!url || text.length > MAX_TARGET_CHARS || !/^https?:$/.test(url.protocol)) return refuse('target_invalid')
  if (url.username !== '' || url.password !== '' || url.hash !== '') return refuse('target_invalid')
  if (allowsPrivate) return ok(url.href)
  if (url.protocol !== 'https:') return refuse('target_plain')
  // The parser has turned every notation of an IPv4 address into the usual one, and [::ffff:…] into its own.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const isPublic = isAddress(host) ? isPublicAddress(host) : isPublicHost(host)
  return isPublic ? ok(url.href) : refuse('target_private')
}

export const isAddress = (host: string): boolean => host.includes(':') || /^\d+(\.\d+){3}$/.test(host)

/** Ranges that are not on the public internet (IANA's registries of special-purpose addresses), as bits: address, prefix length. */
const PRIVATE_IPV4: [address: string, bits: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/** Of 2000::/3, which alone is public: documentation, benchmarks, Teredo and 6to4, which lead to IPv4 addresses. */
const PRIVATE_IPV6: [address: string, bits: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

/** Returns true for an address on the public internet. False for what can't be read. */
export function isPublicAddress(address: string): boolean {
  if (!address.includes(':')) {
    const bits = bitsOfIpv4(address)
    return bits !== undefined && !PRIVATE_IPV4.some(([range, length]) => isWithin(bits, bitsOfIpv4(range), length))
  }
  const bits = bitsOfIpv6(address)
  if (bits === undefined || !isWithin(bits, bitsOfIpv6('2000::'), 3)) return false
  return !PRIVATE_IPV6.some(([range, length]) => isWithin(bits, bitsOfIpv6(range), length))
}

const isWithin = (bits: string, range: string | undefined, length: number): boolean =>
  range !== undefined && bits.slice(0, length) === range.slice(0, length)

function bitsOfIpv4(address: string): string | undefined {
  const bytes = address.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256))
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255)) return undefined
  return bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
}

function bitsOfIpv6(address: string): string | undefined {
  // The URL parser knows every notation, an IPv4 address at the end included.
  const host = URL.parse(`https://[${address}]/`)?.hostname.slice(1, -1)
  if (host === undefined) return undefined
  const [left = '', right] = host.split('::')
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const [before, after] = [groups(left), groups(right)]
  const zeros = right === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0')
  const all = [...before, ...zeros, ...after]
  return all.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
}
