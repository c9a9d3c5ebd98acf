import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkOf } from '../../src/domain/network'

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:0:0:0:1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['', ''],
    ['nonsense', 'nonsense'],
    ['1::2::3', '1::2::3'],
    ['1:2:3', '1:2:3'],
  ])('of %j is %j', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it('is one for all addresses of a /64, and another beyond it', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16))
    const half = fc.tuple(group, group, group, group).map((groups) => groups.join(':'))
    fc.assert(
      fc.property(half, half, half, half, (net, otherNet, host, otherHost) => {
        fc.pre(!net.startsWith('0:0:0:0') && !otherNet.startsWith('0:0:0:0'))
        expect(networkOf(`${net}:${host}`)).toBe(networkOf(`${net}:${otherHost}`))
        expect(networkOf(`${net}:${host}`) === networkOf(`${otherNet}:${host}`)).toBe(net === otherNet)
      }),
    )
  })
})
