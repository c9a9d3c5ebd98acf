import { env } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { routes } from '../../src/routes'
import { type Authenticator, newAuthenticator } from '../support/authenticator'
import { Client, type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'

let merchant: Merchant
let device: Authenticator

beforeAll(freshStorage)
beforeEach(async () => {
  merchant = await signUp()
  device = await newAuthenticator()
})

const challenge = async (client: Client, path: string) =>
  (await (await client.post(path)).json()) as Parameters<Authenticator['register']>[0]
const passkeys = () => rows<{ id: string; name: string }>('SELECT * FROM passkeys WHERE user_id = ?', merchant.userId)

async function add(name = 'Office laptop'): Promise<Response> {
  const credential = await device.register(await challenge(merchant, routes.passkeyChallenges))
  return merchant.post(routes.passkeys, { credential, passkeyName: name })
}

async function signInWith(someDevice: Authenticator, to = ''): Promise<{ visitor: Client; response: Response }> {
  const visitor = new Client()
  const credential = await someDevice.sign(await challenge(visitor, routes.signInChallenges))
  return { visitor, response: await visitor.post(routes.signInPasskeys, { credential, to }) }
}

describe('a passkey', () => {
  it('is added by name on the page of personal settings', async () => {
    const page = await textOf(await merchant.follow(await add()))
    expect(page).toContain('The passkey was added.')
    expect(page).toContain('Office laptop')
    expect(await passkeys()).toMatchObject([{ name: 'Office laptop' }])
  })

  it('signs its person in, and leads where they wanted to go', async () => {
    await add()
    const { visitor, response } = await signInWith(device, routes.contacts)
    expect(response.headers.get('location')).toBe(routes.contacts)
    expect((await visitor.get(routes.contacts)).status).toBe(200)
  })

  it('refuses a challenge of another person, and one used before', async () => {
    await add()
    const visitor = new Client()
    const credential = await device.sign(await challenge(new Client(), routes.signInChallenges))
    const refused = await visitor.post(routes.signInPasskeys, { credential })
    expect(await textOf(await visitor.follow(refused))).toContain('No account here uses this passkey')

    const twice = new Client()
    const signed = await device.sign(await challenge(twice, routes.signInChallenges))
    expect((await twice.post(routes.signInPasskeys, { credential: signed })).headers.get('location')).toBe('/documents')
    const again = new Client()
    expect((await again.post(routes.signInPasskeys, { credential: signed })).headers.get('location')).toBe('/sign-in')
  })

  it('that was never added is refused', async () => {
    const { visitor, response } = await signInWith(await newAuthenticator())
    expect(response.headers.get('location')).toBe(routes.signIn)
    expect((await visitor.get(routes.contacts)).status).toBe(303)
  })

  it.each(['', '{}', 'not json', '{"id":1}', '{"id":"a","rawId":"a","type":"public-key","response":{}}'])(
    'made of %j is refused with a message',
    async (credential) => {
      await challenge(merchant, routes.passkeyChallenges)
      const response = await merchant.post(routes.passkeys, { credential, passkeyName: 'x' })
      expect(await textOf(await merchant.follow(response))).toContain('The passkey was not added')
      const visitor = new Client()
      await challenge(visitor, routes.signInChallenges)
      const refused = await visitor.post(routes.signInPasskeys, { credential })
      expect(await textOf(await visitor.follow(refused))).toContain('No account here uses this passkey')
      expect(await passkeys()).toEqual([])
    },
  )

  it('that can’t sign in because of our error is logged, without what was written', async () => {
    await add()
    await env.DB.exec("CREATE TRIGGER full BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    const { response } = await signInWith(device)
    const lines = log.mock.calls.flat().map(String)
    log.mockRestore()
    await env.DB.exec('DROP TRIGGER full')
    expect(response.headers.get('location')).toBe(routes.signIn)
    const errors = lines.filter((line) => line.includes('"event":"error"'))
    expect(errors).toHaveLength(1)
    expect(errors[0]).toContain('disk is full')
    expect(errors[0]).not.toMatch(new RegExp(`params|${merchant.userId}`))
  })

  it('is not added to a sign-in that is more than ten minutes old', async () => {
    await env.DB.prepare('UPDATE sessions SET created_at = ? WHERE user_id = ?')
      .bind(Date.now() - 10 * 60_000, merchant.userId)
      .run()
    expect((await merchant.post(routes.passkeyChallenges)).status).toBe(403)
  })

  it('is not added to another person with a stolen challenge', async () => {
    const stranger = await signUp()
    const credential = await device.register(await challenge(merchant, routes.passkeyChallenges))
    await challenge(stranger, routes.passkeyChallenges)
    await stranger.post(routes.passkeys, { credential, passkeyName: 'stolen' })
    expect(await rows('SELECT id FROM passkeys WHERE user_id IN (?, ?)', merchant.userId, stranger.userId)).toEqual([])
  })

  it('once removed no longer signs in; of others it can’t be removed', async () => {
    await add()
    const { id } = await row<{ id: string }>('SELECT id FROM passkeys WHERE user_id = ?', merchant.userId)
    await (await signUp()).post(routes.passkeyRemoval, { id })
    expect(await passkeys()).toHaveLength(1)
    const removed = await merchant.post(routes.passkeyRemoval, { id })
    expect(await textOf(await merchant.follow(removed))).toContain('The passkey was removed.')
    expect((await signInWith(device)).response.headers.get('location')).toBe(routes.signIn)
  })
})
