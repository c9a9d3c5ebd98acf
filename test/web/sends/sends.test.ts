import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { saveDraft } from '../../../src/commands/documents/save-draft'
import { localDateTime } from '../../../src/domain/calendar'
import { routes } from '../../../src/routes'
import { type FormFields, formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { contentOf } from '../../support/documents'
import { draftFor, invoiceFor, latestSend, send, sendForm } from '../../support/sendable'

let merchant: Merchant

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp({ email: 'sends@facteur.test' })
})

const deliveries = (documentId: string) =>
  rows<{ address: string; status: string }>(
    'SELECT address, status FROM deliveries WHERE document_id = ? ORDER BY address',
    documentId,
  )
const document = (id: string) =>
  row<{ status: string; number: string | null; mail_state: string | null }>(
    'SELECT status, number, mail_state FROM documents WHERE id = ?',
    id,
  )
const countSends = (documentId: string) =>
  rows('SELECT id FROM sends WHERE document_id = ?', documentId).then((r) => r.length)

describe('the Send page of a final invoice', () => {
  it('offers the contact’s addresses, its language and that language’s text', async () => {
    const id = await invoiceFor(merchant, { contact: { emails: ['a@shop.example', 'b@shop.example'] } })
    expect(await sendForm(merchant, id)).toMatchObject({
      'to.0': 'a@shop.example',
      'to.1': 'b@shop.example',
      extra: '',
      language: 'de',
      subject: 'Rechnung {{ document.number }} von {{ company.name }}',
      attachPdf: 'on',
      when: 'next',
    })
    const text = await textOf(await merchant.get(routes.newSend(id)))
    expect(text).toContain('Goes to 2 addresses with the next batch, in about 2 minutes. You can undo until then.')
  })

  it('says that mails leave at once where there is no batch window', async () => {
    const quick = await signUp({ settings: { batchWindowMs: 0 } })
    const text = await textOf(await quick.get(routes.newSend(await invoiceFor(quick))))
    expect(text).toContain('Goes to 1 address at once.')
    expect(text).not.toContain('0 seconds')
  })

  it('queues one delivery for each ticked address and one for another, and leads to the document', async () => {
    const id = await invoiceFor(merchant, { contact: { emails: ['a@shop.example', 'b@shop.example'] } })
    const { 'to.1': _, ...form } = await sendForm(merchant, id)
    const sent = await merchant.post(routes.sends(id), { ...form, extra: ' Chef <chef@Shop.example>' })
    expect(sent.status).toBe(303)
    expect(sent.headers.get('location')).toBe(routes.document(id))
    expect(await deliveries(id)).toEqual([
      { address: 'a@shop.example', status: 'queued' },
      { address: 'chef@shop.example', status: 'queued' },
    ])
    expect(await latestSend(id)).toMatchObject({ origin: 'manual', subject: null, body: null, scheduled_for: null })
    expect(await document(id)).toMatchObject({ mail_state: 'on_its_way' })
  })

  it('creates one send from a form, however often it is posted, at once or later', async () => {
    const id = await invoiceFor(merchant)
    const form = await sendForm(merchant, id)
    const twice = await Promise.all([merchant.post(routes.sends(id), form), merchant.post(routes.sends(id), form)])
    expect(twice.map((response) => response.status)).toEqual([303, 303])
    expect((await merchant.post(routes.sends(id), form)).status).toBe(303)
    expect(await countSends(id)).toBe(1)
    expect(await deliveries(id)).toHaveLength(1)
  })

  it('keeps a subject and body that were changed, for this send only', async () => {
    const id = await invoiceFor(merchant)
    await send(merchant, id, { subject: 'For you: {{ document.number }}' })
    expect(await latestSend(id)).toMatchObject({ subject: 'For you: {{ document.number }}', body: null })
    expect(await sendForm(merchant, id)).toMatchObject({
      subject: '{{ document.kind }} {{ document.number }} von {{ company.name }}, erneut gesendet',
    })
  })

  it('follows the language of the mail where the text was not changed', async () => {
    const id = await invoiceFor(merchant)
    const form = { ...(await sendForm(merchant, id)), language: 'it', body: 'Ciao {{ contact.name }}' }
    const reloaded = await merchant.post(routes.sendPreview(id), { ...form, load: 'text' })
    expect(await formFields(reloaded, routes.sends(id))).toMatchObject({
      language: 'it',
      textLanguage: 'it',
      subject: expect.stringContaining('Fattura {{ document.number }}'),
      body: 'Ciao {{ contact.name }}',
    })
    expect((await merchant.post(routes.sends(id), form)).status).toBe(303)
    expect(await latestSend(id)).toMatchObject({ language: 'it', subject: null, body: 'Ciao {{ contact.name }}' })
  })

  it('sends again with the last recipients ticked', async () => {
    const id = await invoiceFor(merchant, { contact: { emails: ['a@shop.example', 'b@shop.example'] } })
    const { 'to.0': _, ...form } = await sendForm(merchant, id)
    await merchant.post(routes.sends(id), { ...form, extra: 'chef@shop.example' })
    const again = await sendForm(merchant, id)
    expect(Object.entries(again).filter(([name]) => name.startsWith('to.'))).toEqual([
      ['to.1', 'b@shop.example'],
      ['to.2', 'chef@shop.example'],
    ])
    await merchant.post(routes.sends(id), again)
    expect(await latestSend(id)).toMatchObject({ origin: 'resend' })
    expect(await sendForm(merchant, id, '?to=b%40shop.example')).not.toHaveProperty(['to.2'])
    expect(await sendForm(merchant, id, '?instead=b%40shop.example')).not.toHaveProperty(['to.1'])
  })
})

describe('a draft', () => {
  it('is finalised and sent in one step, once, however often the button is pressed', async () => {
    const id = await draftFor(merchant)
    const page = await merchant.get(routes.newSend(id))
    expect(await textOf(page.clone())).toContain('Finalise and send')
    expect(await textOf(page.clone())).toContain('Undo cancels the e-mail, but the number stays')
    const form = await formFields(page, routes.sends(id))
    const twice = await Promise.all([merchant.post(routes.sends(id), form), merchant.post(routes.sends(id), form)])
    expect(twice.map((response) => response.status)).toEqual([303, 303])
    expect(await document(id)).toMatchObject({
      status: 'final',
      number: expect.stringContaining('2026-'),
      mail_state: 'on_its_way',
    })
    expect(await deliveries(id)).toHaveLength(1)
  })

  it('that another person changed meanwhile is not sent; the page shows the typed values and the new version', async () => {
    const id = await draftFor(merchant)
    const form: FormFields = { ...(await sendForm(merchant, id)), subject: 'Mine' }
    const { accountId } = merchant
    const { contact_id: contactId } = await row<{ contact_id: string }>(
      'SELECT contact_id FROM documents WHERE id = ?',
      id,
    )
    await saveDraft(testDeps(), {
      accountId,
      documentId: id,
      actor: 'usr_1',
      version: 1,
      contactId,
      content: contentOf({ notes: 'New' }),
    })
    const stale = await merchant.post(routes.sends(id), form)
    expect(stale.status).toBe(409)
    const again = await formFields(stale, routes.sends(id))
    expect(again).toMatchObject({ subject: 'Mine', version: '2', sendId: form.sendId })
    expect(await document(id)).toMatchObject({ status: 'draft', number: null })
    expect((await merchant.post(routes.sends(id), again)).status).toBe(303)
  })

  it('with gaps lists them before the button is pressed, and is not sent', async () => {
    const id = await draftFor(merchant, { content: { lines: [] } })
    const page = await merchant.get(routes.newSend(id))
    const html = await page.clone().text()
    expect(await textOf(page)).toContain('at least one line')
    expect(html).toContain(`href="${routes.documentEdit(id)}"`)
    expect(html).not.toContain('Finalise and send')
    expect((await send(merchant, id)).status).toBe(422)
    expect(await countSends(id)).toBe(0)
  })
})

describe('an error', () => {
  it('is shown at an invalid address, and the typed values stay', async () => {
    const id = await invoiceFor(merchant)
    const response = await send(merchant, id, { extra: 'chef@shop, boss.example', subject: 'Mine' })
    expect(response.status).toBe(422)
    const text = await textOf(response.clone())
    expect(text).toContain('“chef@shop” has no dot after the @')
    expect(text).toContain('“boss.example” is not an e-mail address')
    expect(await formFields(response, routes.sends(id))).toMatchObject({
      extra: 'chef@shop, boss.example',
      subject: 'Mine',
      'to.0': 'delivered@simulator.test',
    })
    expect(await countSends(id)).toBe(0)
  })

  it('is shown at the text, with line and column, and the typed values stay', async () => {
    const id = await invoiceFor(merchant)
    const body = 'Hello {{ contact.name }},\n\nyour {{ nonsense }} is here'
    const response = await send(merchant, id, { body })
    expect(response.status).toBe(422)
    expect(await textOf(response.clone())).toContain('Line 3, column 9: There is no variable nonsense.')
    expect(await formFields(response, routes.sends(id))).toMatchObject({ body })
  })

  it('is shown when no recipient is chosen', async () => {
    const id = await invoiceFor(merchant)
    const { 'to.0': _, ...form } = await sendForm(merchant, id)
    const response = await merchant.post(routes.sends(id), form)
    expect(response.status).toBe(422)
    expect(await textOf(response)).toContain('Choose at least one recipient')
  })

  it('is shown when the time is missing, past or too far', async () => {
    const id = await invoiceFor(merchant)
    for (const [at, words] of [
      ['', 'This field is required'],
      ['2020-01-01T10:00', 'This time has passed'],
      ['2090-01-01T10:00', 'within the next 12 months'],
    ] as const) {
      const response = await send(merchant, id, { when: 'later', at })
      expect(response.status).toBe(422)
      expect(await textOf(response)).toContain(words)
    }
    expect(await countSends(id)).toBe(0)
  })

  it('is shown for an unconfirmed reply address, with which only the account’s people get mails', async () => {
    const unconfirmed = await signUp({ email: 'unconfirmed@facteur.test' })
    await env.DB.prepare("UPDATE accounts SET confirmed_reply_email = '' WHERE id = ?")
      .bind(unconfirmed.accountId)
      .run()
    const id = await invoiceFor(unconfirmed)
    const page = await unconfirmed.get(routes.newSend(id))
    expect(await textOf(page.clone())).toContain('is not confirmed yet')
    expect(await page.text()).toContain(`href="${routes.companySettings}"`)
    const refused = await send(unconfirmed, id)
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('Confirm your reply address first')
    const { 'to.0': _, ...form } = await sendForm(unconfirmed, id)
    const own = await unconfirmed.post(routes.sends(id), { ...form, extra: 'unconfirmed@facteur.test' })
    expect(own.status).toBe(303)
  })

  it('is shown for an incomplete company, with the page that fixes it', async () => {
    const incomplete = await signUp({ email: 'incomplete@facteur.test' })
    const id = await invoiceFor(incomplete)
    await env.DB.prepare(
      "UPDATE accounts SET company = json_set(company, '$.vatId', '', '$.taxNumber', '') WHERE id = ?",
    )
      .bind(incomplete.accountId)
      .run()
    const page = await incomplete.get(routes.newSend(id))
    expect(await textOf(page)).toContain('your VAT number or tax number')
    const refused = await send(incomplete, id)
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('Your company information is not complete')
  })

  it('is shown for a contact without an address, and one can be typed for this send', async () => {
    const id = await invoiceFor(merchant, { contact: { emails: [], name: 'Keine Post' } })
    expect(await textOf(await merchant.get(routes.newSend(id)))).toContain('Keine Post has no e-mail address yet')
    expect((await send(merchant, id, { extra: 'a@shop.example' })).status).toBe(303)
  })

  it('is shown at a suppressed address, which is not ticked, with the reason', async () => {
    const id = await invoiceFor(merchant, { contact: { emails: ['Gone@shop.example', 'here@shop.example'] } })
    await env.DB.prepare("INSERT INTO suppressions VALUES (?, 'gone@shop.example', 'hard_bounce', '', NULL, 0, '')")
      .bind(merchant.accountId)
      .run()
    const form = await sendForm(merchant, id)
    expect(Object.keys(form).filter((name) => name.startsWith('to.'))).toEqual(['to.1'])
    const text = await textOf(await merchant.get(routes.newSend(id)))
    expect(text).toContain('An e-mail to this address bounced. If you select it anyway, the e-mail is dropped')
  })
})

describe('a scheduled time', () => {
  it('is read in the account’s time zone', async () => {
    const id = await invoiceFor(merchant)
    const moment = Math.ceil(Date.now() / 86_400_000 + 2) * 86_400_000
    const response = await send(merchant, id, { when: 'later', at: localDateTime(moment, 'Europe/Paris') })
    expect(response.status).toBe(303)
    expect(await latestSend(id)).toMatchObject({ scheduled_for: moment })
    expect(await row('SELECT due_at FROM deliveries WHERE document_id = ?', id)).toEqual({ due_at: moment })
  })
})

describe('who may not send', () => {
  it('viewers', async () => {
    const id = await invoiceFor(merchant)
    const viewer = await signUp({ accountId: merchant.accountId, role: 'viewer', email: 'sends-viewer@facteur.test' })
    const form = await sendForm(merchant, id)
    expect((await viewer.get(routes.newSend(id))).status).toBe(403)
    expect((await viewer.post(routes.sends(id), form)).status).toBe(403)
    expect((await viewer.post(routes.sendPreview(id), form)).status).toBe(403)
    expect(await countSends(id)).toBe(0)
  })

  it('other accounts, for whom it is not there; one of their ids does not replace the send', async () => {
    const id = await invoiceFor(merchant)
    const form = await sendForm(merchant, id)
    const other = await signUp({ email: 'sends-other@facteur.test' })
    const responses = await Promise.all([
      other.get(routes.newSend(id)),
      other.post(routes.sends(id), form),
      other.post(routes.sendPreview(id), form),
      other.get(routes.sendPreview(id)),
      other.hx(routes.sends(id)),
    ])
    expect(responses.map((response) => response.status)).toEqual([404, 404, 404, 404, 404])
    await merchant.post(routes.sends(id), form)
    const theirs = await invoiceFor(other)
    await other.post(routes.sends(theirs), { ...(await sendForm(other, theirs)), sendId: form.sendId ?? '' })
    expect(await rows('SELECT account_id FROM sends WHERE id = ?', form.sendId)).toEqual([
      { account_id: merchant.accountId },
    ])
    expect(await countSends(theirs)).toBe(0)
  })
})
