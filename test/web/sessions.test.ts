import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { Client, type Merchant, signIn, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { signInLinkFor } from '../support/sign-in-links'

const DAY_MS = 86_400_000
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

beforeAll(freshStorage)

interface SessionRow {
  id: string
  active_organization_id: string | null
}

const sessionsOf = ({ userId }: Merchant) => rows<SessionRow>('SELECT * FROM sessions WHERE user_id = ?', userId)

/** Signs the same person in in another browser. */
async function elsewhere(merchant: Merchant, userAgent = FIREFOX): Promise<Client> {
  const before = await sessionsOf(merchant)
  const browser = new Client()
  await signIn(browser, merchant.userId, merchant.accountId)
  const opened = (await sessionsOf(merchant)).find(({ id }) => !before.some((one) => one.id === id))
  await env.DB.prepare('UPDATE sessions SET user_agent = ? WHERE id = ?').bind(userAgent, opened?.id).run()
  return browser
}

const isSignedIn = async (client: Client): Promise<boolean> => (await client.get(routes.contacts)).status === 200

describe('the page of sessions', () => {
  it('lists the browsers in which a person is signed in, and marks this one', async () => {
    const merchant = await signUp()
    await elsewhere(merchant)
    const stranger = await signUp()
    await elsewhere(stranger, 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36')
    const text = await textOf(await merchant.get(routes.sessions))
    expect(text).toContain('Firefox on Windows')
    expect(text.match(/This device/g)).toHaveLength(1)
    expect(text).toMatch(/Signed in .*Last used/)
    expect(text).not.toContain('Chrome')
    expect(await textOf(await merchant.get(routes.personalSettings))).toContain('See devices')
  })

  it('ends one of them, at once', async () => {
    const merchant = await signUp()
    const other = await elsewhere(merchant)
    expect(await isSignedIn(other)).toBe(true)
    const { id } = await row<SessionRow>(
      'SELECT id FROM sessions WHERE user_id = ? AND user_agent = ?',
      merchant.userId,
      FIREFOX,
    )
    const page = await merchant.follow(await merchant.post(routes.sessionRemoval, { id }))
    expect(await textOf(page)).toContain('That device is signed out.')
    expect(await isSignedIn(other)).toBe(false)
    expect(await isSignedIn(merchant)).toBe(true)
  })

  it('ends all others, and the current one like signing out', async () => {
    const merchant = await signUp()
    const [one, two] = [await elsewhere(merchant), await elsewhere(merchant)]
    await merchant.follow(await merchant.post(routes.otherSessionsRemoval))
    expect(await Promise.all([merchant, one, two].map(isSignedIn))).toEqual([true, false, false])
    const [{ id = '' } = {}] = await sessionsOf(merchant)
    expect((await merchant.post(routes.sessionRemoval, { id })).headers.get('location')).toBe(routes.signIn)
    expect(await isSignedIn(merchant)).toBe(false)
  })

  it('ends no session of another person', async () => {
    const [merchant, stranger] = [await signUp(), await signUp()]
    const [{ id = '' } = {}] = await sessionsOf(merchant)
    expect((await stranger.post(routes.sessionRemoval, { id })).status).toBe(303)
    expect(await isSignedIn(merchant)).toBe(true)
  })
})

describe('a session', () => {
  it('ends 90 days after its sign-in, however often it is used', async () => {
    const merchant = await signUp()
    const age = (ms: number) =>
      env.DB.prepare('UPDATE sessions SET created_at = ? WHERE user_id = ?')
        .bind(Date.now() - ms, merchant.userId)
        .run()
    await age(89 * DAY_MS)
    expect(await isSignedIn(merchant)).toBe(true)
    await age(90 * DAY_MS)
    expect(await isSignedIn(merchant)).toBe(false)
    expect(await sessionsOf(merchant)).toEqual([])
  })

  it('writes its last use once a day', async () => {
    const merchant = await signUp()
    const usedAt = async () =>
      (await row<{ at: number }>('SELECT updated_at AS at FROM sessions WHERE user_id = ?', merchant.userId)).at
    const before = await usedAt()
    await merchant.get(routes.contacts)
    expect(await usedAt()).toBe(before)
    await env.DB.prepare(
      'UPDATE sessions SET expires_at = expires_at - ?, updated_at = updated_at - ? WHERE user_id = ?',
    )
      .bind(2 * DAY_MS, 2 * DAY_MS, merchant.userId)
      .run()
    await merchant.get(routes.contacts)
    expect(await usedAt()).toBeGreaterThanOrEqual(before)
  })
})

describe('a sign-in link', () => {
  it('names the person whom it signs in', async () => {
    const { email } = await signUp()
    expect(await textOf(await new Client().get(await signInLinkFor(email)))).toContain(`You sign in as ${email}.`)
  })

  it('says that it is invalid before a button is pressed', async () => {
    expect((await new Client().get(routes.signInLink('nonsense'))).status).toBe(410)
  })

  it('asks before it replaces another person’s session', async () => {
    const [merchant, other] = [await signUp(), await signUp()]
    const link = await signInLinkFor(other.email)
    const text = await textOf(await merchant.get(link))
    expect(text).toContain(`You are signed in here as ${merchant.email}.`)
    expect(text).toContain(`Stay signed in as ${merchant.email}`)

    const silent = await merchant.post(link)
    expect(silent.status).toBe(409)
    expect(await textOf(silent)).toContain(`You are signed in here as ${merchant.email}.`)
    expect(await textOf(await merchant.get(routes.peopleSettings))).toContain(merchant.email)

    expect((await merchant.fillIn(link, {})).status).toBe(303)
    const people = await textOf(await merchant.get(routes.peopleSettings))
    expect(people).toContain(other.email)
    expect(people).not.toContain(merchant.email)
    expect(await sessionsOf(merchant)).toEqual([])
  })

  it('renews the session of the same person in the same account', async () => {
    const first = await signUp()
    const second = await signUp()
    await env.DB.prepare(
      "INSERT INTO members (id, organization_id, user_id, role, created_at) VALUES (?, ?, ?, 'admin', 1)",
    )
      .bind(crypto.randomUUID(), second.accountId, first.userId)
      .run()
    await first.post(routes.activeAccount, { accountId: second.accountId })
    const [before] = await sessionsOf(first)
    expect((await first.fillIn(await signInLinkFor(first.email), {})).status).toBe(303)
    const after = await sessionsOf(first)
    expect(after).toMatchObject([{ active_organization_id: second.accountId }])
    expect(after[0]?.id).not.toBe(before?.id)
  })
})
