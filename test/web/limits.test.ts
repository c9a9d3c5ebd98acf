/** Tests that limits count by network and by mailbox, which a client can't vary at will. */
import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { Client } from '../support/client'
import { freshStorage } from '../support/database'

beforeAll(freshStorage)

/** Returns the statuses of at most this many requests, up to the first 429; another minute may begin meanwhile. */
async function untilRefused(most: number, request: (n: number) => Promise<Response>): Promise<number[]> {
  const statuses: number[] = []
  while (statuses.length < most && statuses.at(-1) !== 429) statuses.push((await request(statuses.length)).status)
  return statuses
}

const clientAt = (address: string): Client => Object.assign(new Client(), { headers: { 'cf-connecting-ip': address } })

describe('limits by network', () => {
  it('count all addresses of an IPv6 /64 as one', async () => {
    const ask = (n: number) => clientAt(`2001:db8:aaaa:1::${n.toString(16)}`).post('/sign-in/links/nonsense')
    expect((await untilRefused(25, ask)).at(-1)).toBe(429)
    expect((await clientAt('2001:db8:aaaa:2::1').post('/sign-in/links/nonsense')).status).toBe(410)
  })

  it('count guesses of customers’ links over all of them', async () => {
    const guess = (n: number) =>
      clientAt(`2001:db8:bbbb:1::${n.toString(16)}`).get(routes.hosted(`guess-${String(n).padStart(16, '0')}`))
    const statuses = await untilRefused(250, guess)
    expect(statuses.length).toBeGreaterThan(100)
    expect(statuses.at(-1)).toBe(429)
    expect((await clientAt('2001:db8:bbbb:2::1').get(routes.hosted(`guess-${'x'.repeat(16)}`))).status).toBe(404)
  })
})

describe('limits by mailbox', () => {
  it('count the tags of one mailbox together', async () => {
    const ask = (n: number) => new Client().fillIn('/sign-in', { email: `Anna+${n}@many-tags.example` })
    expect((await untilRefused(8, ask)).at(-1)).toBe(429)
    expect((await new Client().fillIn('/sign-in', { email: 'other@many-tags.example' })).status).toBe(303)
  })
})
