import { beforeAll, describe, expect, it } from 'vitest'
import type { AccountSettings, Company } from '../../src/domain/company'
import { Client, type FormFields, formFields as fieldsOf, type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row } from '../support/database'
import { letterTo } from '../support/mailbox'
import { sink } from '../support/sink'

beforeAll(freshStorage)

const savedAccount = async (merchant: Merchant) => {
  const found = await row<{ company: string; settings: string; confirmed_reply_email: string }>(
    'SELECT * FROM accounts WHERE id = ?',
    merchant.accountId,
  )
  return {
    company: JSON.parse(found.company) as Company,
    settings: JSON.parse(found.settings) as AccountSettings,
    confirmedReplyEmail: found.confirmed_reply_email,
  }
}

describe('company settings', () => {
  it('save what was typed, cleaned, and leave the rest as it was', async () => {
    const merchant = await signUp()
    const { company: before } = await savedAccount(merchant)
    const response = await merchant.fillIn('/settings/company', {
      tradingName: '  Atelier   Dupré ',
      lines: '12 rue des Lilas\r\n\r\nBâtiment C',
      iban: 'fr76 3000 6000 0112 3456 7890 189',
      website: 'atelier-dupre.example',
    })
    expect(await textOf(await merchant.follow(response))).toContain('Saved.')
    const { company } = await savedAccount(merchant)
    expect(company).toEqual({
      ...before,
      tradingName: 'Atelier Dupré',
      address: { ...before.address, lines: ['12 rue des Lilas', 'Bâtiment C'] },
      iban: 'FR7630006000011234567890189',
      website: 'https://atelier-dupre.example',
    })
  })

  it.each(['\u3164', '\u200b\u2060', '\u2800 \u2800'])(
    'take no name in which nothing can be seen: %j',
    async (legalName) => {
      const merchant = await signUp()
      expect((await merchant.fillIn('/settings/company', { legalName })).status).toBe(422)
      await merchant.fillIn('/settings/company', { tradingName: legalName })
      expect((await savedAccount(merchant)).company.tradingName).toBe('')
    },
  )

  it('show an error at every invalid field, keep the typed values and save nothing', async () => {
    const merchant = await signUp()
    const before = await savedAccount(merchant)
    const wrong = {
      legalName: ' ',
      iban: 'FR7630006000011234567890188',
      bic: 'XX',
      vatId: 'FR123',
      email: 'nobody',
      website: 'javascript:alert(1)',
    }
    const page = await merchant.fillIn('/settings/company', wrong)
    expect(page.status).toBe(422)
    const html = await page.text()
    for (const name of Object.keys(wrong)) {
      expect(html).toContain(`href="#f-${name}"`)
      expect(html).toContain(`id="f-${name}-error"`)
    }
    expect(html).toContain('value="FR7630006000011234567890188"')
    expect(html).toContain('check digits')
    expect(await savedAccount(merchant)).toEqual(before)
  })

  it('refuse links as names, and hosts except as the legal name', async () => {
    const merchant = await signUp()
    for (const name of ['evil.example', 'evil。com', 'https://evil.example', '192.0.2.1']) {
      const page = await merchant.fillIn('/settings/company', { tradingName: name })
      expect(page.status, name).toBe(422)
      expect(await textOf(page)).toContain('No web or e-mail address can stand here.')
    }
    expect((await merchant.fillIn('/settings/company', { legalName: 'https://evil.example' })).status).toBe(422)
    expect((await merchant.fillIn('/settings/company', { legalName: 'Booking.com B.V.' })).status).toBe(303)
    expect((await merchant.fillIn('/settings/you', { name: 'evil.example' })).status).toBe(422)
  })

  it('show both versions when a colleague saved first, and overwrite on the second save', async () => {
    const merchant = await signUp()
    const colleague = await signUp({ accountId: merchant.accountId, role: 'admin' })
    const stale = await merchant.get('/settings/company')
    await colleague.fillIn('/settings/company', { phone: '+33 1 11' })
    const page = await merchant.post('/settings/company', {
      ...(await fieldsOf(stale, '/settings/company')),
      phone: '+33 2 22',
    })
    expect(page.status).toBe(409)
    const text = await textOf(page.clone())
    expect(text).toContain('+33 1 11')
    expect((await savedAccount(merchant)).company.phone).toBe('+33 1 11')
    const again = await merchant.post('/settings/company', await fieldsOf(page, '/settings/company'))
    expect(again.status).toBe(303)
    expect((await savedAccount(merchant)).company.phone).toBe('+33 2 22')
  })

  it('are not affected by a person who saves other settings meanwhile', async () => {
    const merchant = await signUp()
    const open = await merchant.get('/settings/company')
    await merchant.fillIn('/settings/mail', { batchWindowMs: '600000' })
    const response = await merchant.post('/settings/company', {
      ...(await fieldsOf(open, '/settings/company')),
      phone: '1',
    })
    expect(response.status).toBe(303)
    const { company, settings } = await savedAccount(merchant)
    expect([company.phone, settings.batchWindowMs]).toEqual(['1', 600_000])
  })

  it('list the gaps that prevent sending, each with a link to its field', async () => {
    const merchant = await signUp({ company: { vatId: '', email: '' } })
    const html = await (await merchant.get('/settings/company')).text()
    expect(html).toContain('<a href="#f-vatId">')
    expect(html).toContain('<a href="#f-email">')
    const complete = await signUp()
    expect(await (await complete.get('/settings/company')).text()).not.toContain('<a href="#f-')
  })

  it('may be read by a viewer and changed by admins only', async () => {
    const owner = await signUp()
    const viewer = await signUp({ accountId: owner.accountId, role: 'viewer' })
    expect(await textOf(await viewer.get('/settings/company'))).toContain('Only admins')
    expect((await viewer.fillIn('/settings/company', { phone: '1' })).status).toBe(403)
    expect((await savedAccount(owner)).company.phone).toBe('')
  })
})

describe('the reply address', () => {
  it('is confirmed at once if it is the sign-in address of the person who saves it', async () => {
    const merchant = await signUp()
    await merchant.fillIn('/settings/company', { email: merchant.email })
    expect((await savedAccount(merchant)).confirmedReplyEmail).toBe(merchant.email)
  })

  it('is no longer confirmed after it was changed', async () => {
    const merchant = await signUp()
    await merchant.fillIn('/settings/company', { email: 'other@example.org' })
    const text = await textOf(await merchant.get('/settings/company'))
    expect(text).toContain('Not confirmed')
  })

  it('is confirmed once by the button behind the mailed link, signed in or not', async () => {
    const merchant = await signUp()
    await merchant.fillIn('/settings/company', { email: 'replies@example.org' })
    const asked = await merchant.follow(await merchant.post('/settings/company/reply-address/confirmations'))
    expect(await textOf(asked)).toContain('Waiting for confirmation')
    const { link } = await letterTo('replies@example.org')
    const reader = new Client()
    expect((await reader.get(link)).status).toBe(200)
    expect((await savedAccount(merchant)).confirmedReplyEmail).not.toBe('replies@example.org')
    expect(await textOf(await reader.fillIn(link, {}))).toContain('replies@example.org')
    expect((await savedAccount(merchant)).confirmedReplyEmail).toBe('replies@example.org')
    expect((await reader.post(link)).status).toBe(410)
  })

  it('is not confirmed by a link mailed to another address', async () => {
    const merchant = await signUp()
    await merchant.fillIn('/settings/company', { email: 'first@example.org' })
    await merchant.post('/settings/company/reply-address/confirmations')
    const { link } = await letterTo('first@example.org')
    await merchant.fillIn('/settings/company', { email: 'second@example.org' })
    expect((await new Client().post(link)).status).toBe(410)
    expect(await textOf(await merchant.get('/settings/company'))).toContain('Not confirmed')
  })

  it('shows when the mail server does not accept the mail', async () => {
    const merchant = await signUp()
    await merchant.fillIn('/settings/company', { email: 'refused@example.org' })
    await sink.setFaults({ mailFrom: '550 5.1.8 not today' })
    const page = await merchant.follow(await merchant.post('/settings/company/reply-address/confirmations'))
    expect(await textOf(page)).toContain('didn’t accept the e-mail')
    await sink.clear()
  })

  it('is not confirmed by any other link', async () => {
    const { accountId } = await signUp()
    const page = await new Client().post(`/reply-address/${accountId}.AAAAAAAAAAAAAAAAAAAAAA`)
    expect(page.status).toBe(410)
  })
})

describe('settings of documents and mails', () => {
  it('are saved topic by topic', async () => {
    const merchant = await signUp()
    await merchant.fillIn('/settings/documents', { currency: 'CHF', paymentTermsDays: '14' })
    await merchant.fillIn('/settings/mail', { batchWindowMs: '10000', attachPdf: '', linkExpiryMonths: '24' })
    const { settings } = await savedAccount(merchant)
    expect(settings).toMatchObject({ currency: 'CHF', paymentTermsDays: 14, language: 'fr' })
    expect(settings).toMatchObject({ batchWindowMs: 10_000, attachPdf: false, linkExpiryMonths: 24 })
  })

  it('refuse values that are not on offer', async () => {
    const merchant = await signUp()
    expect((await merchant.fillIn('/settings/documents', { paymentTermsDays: '400' })).status).toBe(422)
    expect((await merchant.fillIn('/settings/documents', { timeZone: 'Mars/Phobos' })).status).toBe(422)
    expect((await merchant.fillIn('/settings/mail', { batchWindowMs: '1' })).status).toBe(422)
  })

  it('tax rates: rows are added and removed without losing what was typed, and saved by their own button', async () => {
    const merchant = await signUp({ language: 'fr' })
    const path = '/settings/taxes'
    const typed = { ...(await fieldsOf(await merchant.get(path), path)), 'taxRates.0.name': 'Vingt' }
    const added = await fieldsOf(await merchant.post(path, { ...typed, add: 'row' }), path)
    expect(added['taxRates.0.name']).toBe('Vingt')
    const filled: FormFields = {
      ...added,
      'taxRates.1.name': 'TVA 5,5 %',
      'taxRates.1.rate': '5,5',
      'taxRates.1.category': 'S',
    }
    expect((await savedAccount(merchant)).settings.taxRates).toHaveLength(1)
    expect((await merchant.post(path, { ...filled, defaultTaxRateId: filled['taxRates.1.id'] ?? '' })).status).toBe(303)
    const { settings } = await savedAccount(merchant)
    expect(settings.taxRates).toMatchObject([{ name: 'Vingt' }, { name: 'TVA 5,5 %', rate: '5.5', category: 'S' }])
    expect(settings.defaultTaxRateId).toBe(settings.taxRates[1]?.id)

    const now = await fieldsOf(await merchant.get(path), path)
    const removed = await fieldsOf(await merchant.post(path, { ...now, remove: now['taxRates.1.id'] ?? '' }), path)
    expect(removed['taxRates.1.id']).toBeUndefined()
    await merchant.post(path, removed)
    expect((await savedAccount(merchant)).settings).toMatchObject({
      taxRates: [{ name: 'Vingt' }],
      defaultTaxRateId: settings.taxRates[0]?.id,
    })
  })

  it('tax rates: an exempt rate above zero and an empty list are refused', async () => {
    const merchant = await signUp()
    const page = await merchant.fillIn('/settings/taxes', { 'taxRates.0.category': 'E' })
    expect(await textOf(page)).toContain('Only a taxable rate can be above zero')
    const empty = await merchant.fillIn('/settings/taxes', { 'taxRates.0.name': '', 'taxRates.0.rate': '' })
    expect(await textOf(empty)).toContain('At least one rate must stay')
  })

  it('numbers: the pattern and where the counter begins, with an example', async () => {
    const merchant = await signUp()
    const year = new Date().getFullYear()
    const page = await merchant.follow(
      await merchant.fillIn('/settings/numbers', {
        'invoice.pattern': 'F{YYYY}/{000}',
        'invoice.next': '42',
        'receipt.next': '7',
      }),
    )
    expect(await textOf(page)).toContain(`F${year}/042`)
    const lower = await merchant.fillIn('/settings/numbers', { 'invoice.next': '41' })
    expect(lower.status).toBe(422)
    expect(await textOf(lower)).toContain('can’t be lowered')
    expect((await merchant.fillIn('/settings/numbers', { 'invoice.pattern': 'no counter' })).status).toBe(422)
    const spaced = await merchant.fillIn('/settings/numbers', { 'invoice.pattern': 'Facture {YYYY}.{0000}' })
    expect(spaced.status).toBe(422)
    expect(await textOf(spaced)).toContain('In France a number may have at most 35 characters')
    const live = await merchant.hx('/settings/numbers/example?kind=receipt&receipt.pattern=X-{00}&receipt.next=7')
    expect(await textOf(live)).toContain('X-07')
  })
})

describe('personal settings', () => {
  it('choose the language of the pages over the browser’s', async () => {
    const merchant = await signUp()
    merchant.headers['accept-language'] = 'en'
    const page = await merchant.follow(await merchant.fillIn('/settings/you', { language: 'de', name: 'Åsa' }))
    expect(await page.clone().text()).toContain('<html lang="de">')
    expect(await textOf(page)).toContain('Gespeichert.')
  })
})

describe('a signed-out person', () => {
  it('is sent to sign in and comes back to where they wanted to go', async () => {
    const response = await new Client().get('/settings/mail?a=1')
    expect(response.headers.get('location')).toBe(`/sign-in?to=${encodeURIComponent('/settings/mail?a=1')}`)
    const moved = await new Client().hx('/settings/numbers/example')
    expect(moved.headers.get('hx-redirect')).toBe('/sign-in')
  })
})
