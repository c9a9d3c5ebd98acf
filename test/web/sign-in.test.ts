import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app'
import { Client, signUp, textOf } from '../support/client'
import { freshStorage, rows } from '../support/database'
import { letterTo } from '../support/mailbox'
import { sink } from '../support/sink'

beforeAll(freshStorage)
beforeEach(async () => {
  await sink.clear()
})

async function askForLink(email: string, to = ''): Promise<{ client: Client; link: string }> {
  const client = new Client()
  const response = await client.fillIn(`/sign-in${to && `?to=${encodeURIComponent(to)}`}`, { email }, '/sign-in')
  expect(response.headers.get('location')).toBe('/sign-in/sent')
  return { client, link: (await letterTo(email)).link }
}

describe('sign-in', () => {
  it('mails a link whose button signs in and leads to the requested page', async () => {
    const { email } = await signUp()
    const { client, link } = await askForLink(email, '/settings/mail')
    const page = await client.get(link)
    expect(await textOf(page.clone())).toContain('Sign in')
    const path = new URL(link, 'http://facteur.test').pathname
    const response = await client.fillIn(link, {}, path)
    expect(response.headers.get('location')).toBe('/settings/mail')
    expect((await client.follow(response)).status).toBe(200)
    expect([...client.cookies.keys()]).toContain('__Host-facteur.session_token')
  })

  it('does not spend the link when it is only opened, as mail scanners do, and spends it once', async () => {
    const { email } = await signUp()
    const { client, link } = await askForLink(email)
    for (let opened = 0; opened < 3; opened += 1) expect((await new Client().get(link)).status).toBe(200)
    expect((await client.post(link)).status).toBe(303)
    const again = await new Client().post(link)
    expect(again.status).toBe(410)
    expect(await textOf(again)).toContain('Request a link')
  })

  it('refuses a link that is older than 15 minutes, and one that was never made', async () => {
    const { email } = await signUp()
    const { client, link } = await askForLink(email)
    await env.DB.prepare('UPDATE verifications SET expires_at = ?')
      .bind(Date.now() - 1)
      .run()
    const expired = await client.post(link)
    expect(expired.status).toBe(410)
    expect(await textOf(expired)).toContain('A link works once, within 15 minutes.')
    expect((await client.post('/sign-in/links/nonsense')).status).toBe(410)
  })

  it('writes in the language of the page on which it was asked for', async () => {
    const { email } = await signUp()
    const client = new Client()
    client.headers['accept-language'] = 'de'
    await client.fillIn('/sign-in', { email })
    const german = await letterTo(email)
    await sink.clear()
    client.headers['accept-language'] = 'en'
    await client.fillIn('/sign-in', { email })
    expect((await letterTo(email)).subject).not.toBe(german.subject)
  })

  it('creates a new user only by the link, and asks for the company', async () => {
    const { client, link } = await askForLink('newcomer@example.org', '/settings')
    expect(await rows("SELECT id FROM users WHERE email = 'newcomer@example.org'")).toHaveLength(0)
    const page = await client.follow(await client.post(link, { to: '/settings' }))
    expect(await textOf(page)).toContain('Tell us about your company')
  })

  it('mails nothing to strangers if an invitation is required, with the same response', async () => {
    const ask = async (email: string) => {
      const context = createExecutionContext()
      const body = new URLSearchParams({ email })
      const request = new Request('http://facteur.test/sign-in', {
        method: 'POST',
        body,
        headers: { origin: 'http://facteur.test' },
      })
      const response = await app.fetch(request, { ...env, SIGN_UP: 'invite' }, context)
      await waitOnExecutionContext(context)
      return response.headers.get('location')
    }
    const { email, accountId, userId } = await signUp()
    await env.DB.prepare(
      "INSERT INTO invitations (id, organization_id, email, expires_at, inviter_id) VALUES ('inv_1', ?, 'invited@example.org', ?, ?)",
    )
      .bind(accountId, Date.now() + 60_000, userId)
      .run()
    const responses = [await ask('stranger@example.org'), await ask('invited@example.org'), await ask(email)]
    expect(new Set(responses)).toEqual(new Set(['/sign-in/sent']))
    expect((await sink.mails()).map(({ to }) => to)).toEqual(['invited@example.org', email])
  })

  it('limits the mails a minute to one address, with the same responses whether or not it is known', async () => {
    const { email } = await signUp()
    for (const address of [email, 'unknown@example.org']) {
      const responses: number[] = []
      // Three mails a minute are allowed, and another minute may begin meanwhile.
      while (responses.length < 7 && responses.at(-1) !== 429)
        responses.push((await new Client().fillIn('/sign-in', { email: address })).status)
      expect(responses.slice(0, 3)).toEqual([303, 303, 303])
      expect(responses.at(-1)).toBe(429)
    }
  })

  it('sends a person who is signed in on to where they wanted to go, but never off this site', async () => {
    const merchant = await signUp()
    const target = async (to: string) =>
      (await merchant.get(`/sign-in?to=${encodeURIComponent(to)}`)).headers.get('location')
    expect(await target('/contacts?q=a')).toBe('/contacts?q=a')
    expect(await target('//evil.example')).toBe('/documents')
    expect(await target('/\\evil.example')).toBe('/documents')
    expect(await target('https://evil.example')).toBe('/documents')
  })

  it('explains an invalid address and keeps the typed values', async () => {
    const page = await new Client().fillIn('/sign-in', { email: 'anna(at)example.org' })
    expect(page.status).toBe(422)
    expect(await page.clone().text()).toContain('value="anna(at)example.org"')
    expect(await textOf(page)).toContain('is not an e-mail address')
  })
})

describe('sign-out', () => {
  it('ends the session, also for a kept cookie', async () => {
    const merchant = await signUp()
    const kept = new Map(merchant.cookies)
    const page = await merchant.follow(await merchant.post('/sign-out'))
    expect(await textOf(page)).toContain('You are signed out.')
    for (const [name, value] of kept) merchant.cookies.set(name, value)
    expect((await merchant.get('/settings')).headers.get('location')).toContain('/sign-in')
  })
})
