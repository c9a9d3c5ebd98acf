/** Tests changes that could divert money or open the account to others: they require a fresh sign-in, and keep the typed values. */
import { env } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { newAuthenticator } from '../support/authenticator'
import { Client, type FormFields, formFields, type Merchant, type SignUp, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { letterTo } from '../support/mailbox'
import { sink } from '../support/sink'

const IBAN = 'DE89370400440532013000'
const ASKS = 'Confirm that it is you'

beforeAll(freshStorage)
beforeEach(async () => {
  await sink.clear()
})

const makeStale = ({ userId }: Merchant) =>
  env.DB.prepare('UPDATE sessions SET created_at = ? WHERE user_id = ?')
    .bind(Date.now() - 10 * 60_000, userId)
    .run()

/** Returns a merchant whose sign-in is no longer fresh. */
async function stale(options: SignUp = {}): Promise<Merchant> {
  const merchant = await signUp(options)
  await makeStale(merchant)
  return merchant
}

const ibanOf = async ({ accountId }: Merchant) =>
  (await row<{ iban: string }>("SELECT company->>'iban' AS iban FROM accounts WHERE id = ?", accountId)).iban

/** Presses a button of the page that asks for a sign-in. */
async function press(merchant: Merchant, page: Response, path: string, confirm: string, more: FormFields = {}) {
  return merchant.post(path, { ...(await formFields(page, path)), confirm, ...more })
}

async function askForMail(
  merchant: Merchant,
  page: Response,
  path: string,
): Promise<{ mailed: Response; link: string }> {
  const mailed = await press(merchant, page, path, 'mail')
  return { mailed, link: (await letterTo(merchant.email)).link }
}

describe('a change of the bank details', () => {
  it('waits for the button of a mailed link, with all that was typed', async () => {
    const merchant = await stale()
    const before = await ibanOf(merchant)
    const typed = { iban: IBAN, bic: '', phone: '+33 1 23', footer: 'Two\nlines & “quotes”' }
    const asked = await merchant.fillIn(routes.companySettings, typed)
    expect(asked.status).toBe(422)
    expect(await textOf(asked.clone())).toContain(ASKS)
    expect(await ibanOf(merchant)).toBe(before)

    const { mailed, link } = await askForMail(merchant, asked, routes.companySettings)
    expect(await textOf(mailed.clone())).toContain(`A link is on its way to ${merchant.email}`)
    const early = await press(merchant, mailed, routes.companySettings, 'continue')
    expect(await textOf(early.clone())).toContain('You have not confirmed in this browser yet')
    expect(await ibanOf(merchant)).toBe(before)

    // In another tab of the same browser.
    const confirmed = await merchant.follow(await merchant.fillIn(link, {}, new URL(link, 'http://x').pathname))
    expect(await textOf(confirmed)).toContain('Go back to the page that you came from')
    const saved = await press(merchant, early, routes.companySettings, 'continue')
    expect(await textOf(await merchant.follow(saved))).toContain('Saved.')
    expect(await ibanOf(merchant)).toBe(IBAN)
    const company = await row(
      "SELECT company->>'phone' AS phone, company->>'footer' AS footer FROM accounts WHERE id = ?",
      merchant.accountId,
    )
    expect(company).toEqual({ phone: '+33 1 23', footer: 'Two\nlines & “quotes”' })
  })

  it('is not confirmed by a link that was opened on another device', async () => {
    const merchant = await stale()
    const asked = await merchant.fillIn(routes.companySettings, { iban: IBAN, bic: '' })
    const { mailed, link } = await askForMail(merchant, asked, routes.companySettings)
    expect((await new Client().fillIn(link, {}, new URL(link, 'http://x').pathname)).status).toBe(303)
    expect((await press(merchant, mailed, routes.companySettings, 'continue')).status).toBe(422)
    expect(await ibanOf(merchant)).not.toBe(IBAN)
  })

  it('is saved at once after a passkey of the same person, but not of another', async () => {
    const [merchant, thief] = [await signUp(), await signUp()]
    const [device, thiefsDevice] = [await newAuthenticator(), await newAuthenticator()]
    for (const [who, key] of [
      [merchant, device],
      [thief, thiefsDevice],
    ] as const) {
      const credential = await key.register(await (await who.post(routes.passkeyChallenges)).json())
      await who.post(routes.passkeys, { credential, passkeyName: 'Laptop' })
    }
    await makeStale(merchant)
    const asked = await merchant.fillIn(routes.companySettings, { iban: IBAN, bic: '' })
    const sign = async (key: typeof device) => key.sign(await (await merchant.post(routes.signInChallenges)).json())
    const refused = await press(merchant, asked, routes.companySettings, 'passkey', {
      credential: await sign(thiefsDevice),
    })
    expect(await textOf(refused.clone())).toContain(`That passkey does not belong to ${merchant.email}`)
    expect(await textOf(await merchant.get(routes.peopleSettings))).toContain(merchant.email)

    const saved = await press(merchant, refused, routes.companySettings, 'passkey', { credential: await sign(device) })
    expect(saved.headers.get('location')).toBe(routes.companySettings)
    expect(await ibanOf(merchant)).toBe(IBAN)
    expect(await rows('SELECT id FROM sessions WHERE user_id = ?', merchant.userId)).toHaveLength(1)
    expect((await merchant.get(routes.contacts)).status).toBe(200)
  })

  it('keeps what was typed however often a link is asked for', async () => {
    const merchant = await stale()
    let page = await merchant.fillIn(routes.companySettings, { iban: IBAN, bic: '' })
    // A mailbox gets three mails a minute, and another minute may begin meanwhile.
    for (let tries = 0; tries < 7; tries++) page = await press(merchant, page, routes.companySettings, 'mail')
    expect(page.status).toBe(422)
    expect(await textOf(page.clone())).toContain('Too many tries.')
    expect(await formFields(page, routes.companySettings)).toMatchObject({ iban: IBAN })
  })

  it('is required for the reply address and the payment text too, but for no other field of the company', async () => {
    const merchant = await stale()
    expect((await merchant.fillIn(routes.companySettings, { phone: '+33 1 99' })).status).toBe(303)
    expect((await merchant.fillIn(routes.companySettings, { email: 'new@example.org' })).status).toBe(422)
    expect((await merchant.fillIn(routes.companySettings, { paymentNote: 'Pay elsewhere' })).status).toBe(422)
  })
})

describe('people', () => {
  it('are invited, given roles and removed by somebody who has just signed in', async () => {
    const owner = await stale()
    const colleague = await signUp({ accountId: owner.accountId, role: 'member' })
    const asked = await owner.post(routes.invitations, { email: 'new@example.org', role: 'admin' })
    expect(asked.status).toBe(422)
    expect(await formFields(asked, routes.invitations)).toMatchObject({ email: 'new@example.org', role: 'admin' })
    expect((await owner.post(routes.memberRole(colleague.userId), { role: 'owner' })).status).toBe(422)
    expect((await owner.post(routes.memberRemoval(colleague.userId))).status).toBe(422)
    const { role } = await row<{ role: string }>('SELECT role FROM members WHERE user_id = ?', colleague.userId)
    expect(role).toBe('member')
    expect(await rows('SELECT id FROM invitations WHERE organization_id = ?', owner.accountId)).toEqual([])
  })
})

describe('keys', () => {
  it('of Stripe are changed by somebody who has just signed in', async () => {
    const merchant = await signUp()
    await merchant.post(routes.stripeConnection)
    await makeStale(merchant)
    const asked = await merchant.post(routes.stripeSettings, { liveSecret: 'whsec_new' })
    expect(asked.status).toBe(422)
    expect(await formFields(asked, routes.stripeSettings)).toMatchObject({ liveSecret: 'whsec_new' })
    expect((await merchant.post(routes.stripeDisconnection)).status).toBe(422)
    const secrets = 'SELECT live_secret FROM stripe_connections WHERE account_id = ?'
    expect(await row(secrets, merchant.accountId)).toEqual({ live_secret: null })
  })

  it('of one’s own devices are asked for before the form is shown', async () => {
    const merchant = await stale()
    const page = await (await merchant.get(routes.personalSettings)).text()
    expect(page).not.toContain('passkeyName')
    const asked = await merchant.post(routes.freshSignIn)
    expect(asked.status).toBe(422)
    const { link } = await askForMail(merchant, asked, routes.freshSignIn)
    await merchant.fillIn(link, {}, new URL(link, 'http://x').pathname)
    const answer = await merchant.post(routes.freshSignIn, { confirm: 'continue' })
    expect(answer.headers.get('location')).toBe(routes.personalSettings)
    expect(await (await merchant.get(routes.personalSettings)).text()).toContain('passkeyName')
  })
})
