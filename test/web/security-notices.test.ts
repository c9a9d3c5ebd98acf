/** Tests the mails about a new device, passkey, bank account or reply address. */
import { env } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { newAuthenticator } from '../support/authenticator'
import { Client, type Merchant, signUp } from '../support/client'
import { freshStorage } from '../support/database'
import { letterTo } from '../support/mailbox'
import { signInLinkFor } from '../support/sign-in-links'
import { sink } from '../support/sink'

beforeAll(freshStorage)
beforeEach(async () => {
  await sink.clear()
})

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

const mailsTo = async (email: string) => (await sink.mails()).filter(({ to }) => to === email)

/** Returns a merchant whose first sign-in was a while ago. */
async function settled(options: Parameters<typeof signUp>[0] = {}): Promise<Merchant> {
  const merchant = await signUp(options)
  await env.DB.prepare('UPDATE users SET created_at = 0 WHERE id = ?').bind(merchant.userId).run()
  return merchant
}

async function signInIn(browser: Client, { email }: Merchant): Promise<void> {
  expect((await browser.fillIn(await signInLinkFor(email), {})).status).toBe(303)
}

describe('a new device', () => {
  it('is mailed to the person once, in their language', async () => {
    const merchant = await settled({ language: 'de' })
    const browser = new Client()
    browser.headers['user-agent'] = FIREFOX
    await signInIn(browser, merchant)
    const letter = await letterTo(merchant.email)
    expect(letter.subject).toBe('Neue Anmeldung bei Facteur')
    expect(letter.text).toContain('Firefox auf Windows')
    expect(letter.link).toBe(routes.sessions)

    await sink.clear()
    await browser.post(routes.signOut)
    await signInIn(browser, merchant)
    await signInIn(new Client(), await settled())
    expect(await mailsTo(merchant.email)).toEqual([])
  })

  it('is new for each person who signs in on it, even with a forged cookie', async () => {
    const [merchant, colleague] = [await settled(), await settled()]
    const browser = new Client()
    await signInIn(browser, merchant)
    await letterTo(merchant.email)
    await browser.post(routes.signOut)
    await signInIn(browser, colleague)
    await letterTo(colleague.email)

    await sink.clear()
    const forged = new Client()
    forged.cookies.set('__Host-facteur-device', `${merchant.userId}.${'A'.repeat(43)}%3D`)
    await signInIn(forged, merchant)
    await letterTo(merchant.email)
  })

  it('is not mailed to a person who signs in for the first time', async () => {
    const newcomer = await signUp()
    await signInIn(new Client(), newcomer)
    await signInIn(new Client(), await settled({ email: 'the-last@example.org' }))
    await letterTo('the-last@example.org')
    expect(await mailsTo(newcomer.email)).toEqual([])
  })
})

describe('a new passkey', () => {
  it('is mailed to the person', async () => {
    const merchant = await signUp()
    const device = await newAuthenticator()
    const credential = await device.register(await (await merchant.post(routes.passkeyChallenges)).json())
    await merchant.post(routes.passkeys, { credential, passkeyName: 'Office laptop' })
    const { subject, text } = await letterTo(merchant.email)
    expect(subject).toBe('New passkey for Facteur')
    expect(text).toContain('Office laptop')
  })
})

describe('new bank details or a new reply address', () => {
  it('are mailed to each owner, in their language, with the old values', async () => {
    const owner = await signUp({ company: { iban: 'FR7630006000011234567890189', tradingName: 'Quay Books' } })
    const second = await signUp({ accountId: owner.accountId, role: 'owner', language: 'fr' })
    const admin = await signUp({ accountId: owner.accountId, role: 'admin', name: 'Zoé Blanc' })
    const typed = { iban: 'DE89370400440532013000', bic: '', email: 'elsewhere@example.org' }
    expect((await admin.fillIn(routes.companySettings, typed)).status).toBe(303)
    const letter = await letterTo(owner.email)
    expect(letter.subject).toBe('Quay Books: bank details or reply address changed')
    expect(letter.text).toContain('Zoé Blanc has changed')
    expect(letter.text).toContain('FR76 … 0189 → DE89 … 3000')
    expect(letter.text).not.toContain('37040044')
    expect(letter.text).toContain('→ elsewhere@example.org')
    expect(letter.link).toBe(routes.companySettings)
    expect((await letterTo(second.email)).subject).toContain('coordonnées bancaires')
    expect(await mailsTo(admin.email)).toEqual([])
  })

  it('are not mailed if they did not change', async () => {
    const owner = await signUp()
    await owner.fillIn(routes.companySettings, { phone: '+33 1 23' })
    const other = await signUp()
    await other.fillIn(routes.companySettings, { email: 'elsewhere@example.org' })
    await letterTo(other.email)
    expect(await mailsTo(owner.email)).toEqual([])
  })
})
