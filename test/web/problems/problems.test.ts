import { env } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../../src/routes'
import { type FormFields, formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { report, type SentMail, sentInvoice } from '../../support/failures'
import { invoiceFor, latestSend, send } from '../../support/sendable'
import { deliverIds, tick } from '../../support/worker'

let merchant: Merchant

beforeAll(freshStorage)
beforeEach(async () => {
  merchant = await signUp()
})

const list = async (query = '') => textOf(await merchant.get(routes.problems + query))
const bell = async () => /(\d+\+?) e-mails? could not be delivered/.exec(await list())?.[1] ?? '0'
const bounced = async (address = 'anna@simulator.test') => {
  const mail = await sentInvoice(merchant, { contact: { name: 'Anna Bäcker', emails: [address] } })
  await report(mail, 'bounced_hard', '550 5.1.1 No such user here')
  return mail
}
/** Posts the form of a step from the list of problems. */
const press = async (path: string, more: FormFields = {}) =>
  merchant.post(path, { ...(await formFields(await merchant.get(routes.problems), path)), ...more })

describe('a delivery that could not be made', () => {
  it('is listed with document, contact, address, cause, effect and the server’s response', async () => {
    const mail = await bounced()
    const { number } = await row<{ number: string }>('SELECT number FROM documents WHERE id = ?', mail.documentId)
    const text = await list()
    for (const part of [number, 'Anna Bäcker', 'anna@simulator.test', 'Bounced', 'rejected the e-mail permanently'])
      expect(text).toContain(part)
    expect(text).toContain('550 5.1.1 No such user here')
    expect(text).toContain('Correct the address')
    expect(await bell()).toBe('1')
    expect(await textOf(await merchant.get(routes.documents))).toContain('1 e-mail could not be delivered')
  })

  it('is listed once, however often the provider repeats itself', async () => {
    const mail = await bounced()
    await report(mail, 'bounced_hard', '550 5.1.1 No such user here')
    await report(mail, 'complained', 'spam', { key: 'another' })
    expect(await rows('SELECT status FROM problems WHERE account_id = ?', merchant.accountId)).toEqual([
      { status: 'complained' },
    ])
    expect(await bell()).toBe('1')
  })

  it('is not shown in another account', async () => {
    await bounced()
    const other = await signUp()
    const text = await textOf(await other.get(routes.problems))
    expect(text).toContain('No undeliverable e-mails')
    expect(text).not.toContain('anna@simulator.test')
  })

  it('is dropped where the address is blocked, with the reason named and no attempt made', async () => {
    await merchant.fillIn(routes.suppressions, { address: 'blocked@simulator.test' })
    const documentId = await invoiceFor(merchant, { contact: { emails: ['blocked@simulator.test'] } })
    await send(merchant, documentId, { 'to.0': 'blocked@simulator.test' })
    const { id } = await row<{ id: string }>('SELECT id FROM deliveries WHERE document_id = ?', documentId)
    await env.DB.prepare("UPDATE deliveries SET status = 'dispatched', rank = 1, due_at = ? WHERE id = ?")
      .bind(Date.now() + 200_000, id)
      .run()
    await deliverIds([id])
    expect(await row('SELECT status, reason, attempt FROM deliveries WHERE id = ?', id)).toEqual({
      ...{ status: 'dropped', reason: 'manual', attempt: 0 },
    })
    const text = await list()
    expect(text).toContain('Dropped')
    expect(text).toContain('You have blocked this address')
  })

  it('with unknown outcome is settled when the mail turns out to have arrived, and reopened when it has not', async () => {
    const [arrives, bounces] = [await sentInvoice(merchant), await sentInvoice(merchant)]
    for (const mail of [arrives, bounces])
      await env.DB.prepare("UPDATE deliveries SET status = 'sending', rank = 2, due_at = 1 WHERE id = ?")
        .bind(mail.deliveryId)
        .run()
    await tick()
    expect(await bell()).toBe('2')
    await report(arrives, 'delivered')
    await report(bounces, 'bounced_hard', '550 5.1.1')
    const found = await rows(
      'SELECT delivery_id, status, settled_at IS NULL AS open FROM problems WHERE account_id = ? ORDER BY seq',
      merchant.accountId,
    )
    expect(found).toEqual([
      { delivery_id: arrives.deliveryId, status: 'delivered', open: 0 },
      { delivery_id: bounces.deliveryId, status: 'bounced', open: 1 },
    ])
  })
})

describe('the list', () => {
  it('filters by what happened, by address and by what is settled', async () => {
    await bounced('one@simulator.test')
    const soft = await sentInvoice(merchant, { contact: { emails: ['two@simulator.test'] } })
    await report(soft, 'bounced_soft', '452 4.2.2 Mailbox full')
    const failed = await sentInvoice(merchant, { contact: { emails: ['three@simulator.test'] } })
    await report(failed, 'failed', 'quota')
    expect(await list('?kind=bounced')).toContain('two@simulator.test')
    expect(await list('?kind=bounced')).not.toContain('three@simulator.test')
    expect(await list('?address=ONE@simulator.test')).not.toContain('two@simulator.test')
    await press(routes.deliveryDismissal(failed.documentId, failed.deliveryId))
    expect(await list()).not.toContain('three@simulator.test')
    expect(await list('?view=settled')).toContain('Camille Martin dismissed it')
    expect(await bell()).toBe('2')
    const path = routes.deliveryDismissal(failed.documentId, failed.deliveryId)
    await merchant.post(path, { aside: '' })
    expect(await bell()).toBe('3')
  })

  it('goes on where a page ends', async () => {
    const mails: SentMail[] = []
    for (let n = 0; n < 27; n++)
      mails.push(await sentInvoice(merchant, { contact: { emails: [`n${n}@simulator.test`] } }))
    for (const mail of mails) await report(mail, 'bounced_soft')
    const first = await merchant.get(routes.problems)
    const next = /href="(\/problems\?before=\d+)"/.exec(await first.clone().text())?.[1] ?? ''
    expect(await textOf(first)).toContain('n26@simulator.test')
    const second = await textOf(await merchant.get(next))
    for (const n of [0, 1]) expect(second).toContain(`n${n}@simulator.test`)
    expect(second).not.toContain('n2@simulator.test')
  })

  it('offers a viewer nothing that they may not do', async () => {
    await bounced()
    const viewer = await signUp({ accountId: merchant.accountId, role: 'viewer' })
    const text = await textOf(await viewer.get(routes.problems))
    expect(text).toContain('Bounced')
    for (const step of ['Correct the address', 'Dismiss']) expect(text).not.toContain(step)
  })
})

describe('correcting the address', () => {
  const correctionOf = (mail: SentMail) => routes.deliveryCorrection(mail.documentId, mail.deliveryId)
  const emailsOf = async (documentId: string) =>
    JSON.parse(
      (
        await row<{ emails: string }>(
          'SELECT c.emails FROM contacts c JOIN documents d ON d.contact_id = c.id WHERE d.id = ?',
          documentId,
        )
      ).emails,
    )
  /** Sends another invoice to the contact of this one. */
  async function another({ documentId }: SentMail): Promise<SentMail> {
    const second = await sentInvoice(merchant, { contact: { emails: ['anna@simulator.test'] } })
    await env.DB.prepare(
      'UPDATE documents SET contact_id = (SELECT c.contact_id FROM documents c WHERE c.id = ?) WHERE id = ?',
    )
      .bind(documentId, second.documentId)
      .run()
    return second
  }

  it('saves it on the contact, and sends the missed documents once', async () => {
    const mail = await sentInvoice(merchant, { contact: { emails: ['anna@simulator.test'] } })
    const second = await another(mail)
    await report(mail, 'bounced_hard')
    await report(second, 'dropped', '', { reason: 'provider_suppression' })
    const elsewhere = await bounced('someone.else@simulator.test')
    const page = await merchant.get(correctionOf(mail))
    const fields = await formFields(page, correctionOf(mail))
    expect(fields.address).toBe('anna@simulator.test')
    expect(await textOf(page)).toContain('The 2 documents that the old address did not receive')
    for (const _ of [1, 2]) {
      const answer = await merchant.post(correctionOf(mail), { ...fields, address: 'Anna.B@simulator.test' })
      expect(await textOf(await merchant.follow(answer))).toContain('the missed documents are on their way')
    }
    expect(await emailsOf(mail.documentId)).toEqual(['Anna.B@simulator.test'])
    for (const { documentId } of [mail, second])
      expect(
        await rows("SELECT address FROM deliveries WHERE document_id = ? AND status = 'queued'", documentId),
      ).toEqual([{ address: 'Anna.B@simulator.test' }])
    expect(
      await rows("SELECT 1 FROM deliveries WHERE document_id = ? AND status = 'queued'", elsewhere.documentId),
    ).toEqual([])
    expect(await bell()).toBe('1')
    expect(await list('?view=settled')).toContain('Camille Martin has sent it again')
  })

  it('says so when the contact has no room for it, or is no more', async () => {
    for (const [change, address] of [
      [`emails = '["one@x.test","two@x.test","three@x.test"]', version = version + 1`, 'full@simulator.test'],
      ["forgotten_at = 1, emails = '[]'", 'forgotten@simulator.test'],
    ] as const) {
      const mail = await bounced(address)
      await env.DB.prepare(
        `UPDATE contacts SET ${change} WHERE id = (SELECT d.contact_id FROM documents d WHERE d.id = ?)`,
      )
        .bind(mail.documentId)
        .run()
      const before = await emailsOf(mail.documentId)
      const answer = await merchant.fillIn(correctionOf(mail), { address: 'right@simulator.test' })
      const page = await textOf(await merchant.follow(answer))
      expect(page).toContain('The contact could not be given it')
      expect(page).not.toContain('The address is saved')
      expect(await emailsOf(mail.documentId)).toEqual(before)
      expect(
        await rows("SELECT address FROM deliveries WHERE document_id = ? AND status = 'queued'", mail.documentId),
      ).toEqual([{ address: 'right@simulator.test' }])
    }
  })

  it('opens the problem again when the new send is undone', async () => {
    const mail = await bounced()
    const fields = await formFields(await merchant.get(correctionOf(mail)), correctionOf(mail))
    await merchant.post(correctionOf(mail), { ...fields, address: 'right@simulator.test' })
    expect(await bell()).toBe('0')
    const { id } = await latestSend(mail.documentId)
    await merchant.post(routes.sendCancellation(mail.documentId, id))
    expect(await bell()).toBe('1')
  })

  it.each([
    ['anna@simulator.test', 'This is the address that did not work'],
    ['anna', 'has no @'],
    ['someone.else@simulator.test', 'it is blocked'],
  ])('keeps what was typed and says what is wrong with %s', async (address, words) => {
    const mail = await bounced()
    await bounced('someone.else@simulator.test')
    const response = await merchant.fillIn(correctionOf(mail), { address })
    expect(response.status).toBe(422)
    expect((await formFields(response, correctionOf(mail))).address).toBe(address)
    expect(await textOf(response)).toContain(words)
    expect(await emailsOf(mail.documentId)).toEqual(['anna@simulator.test'])
  })

  it('does not send twice what a colleague has sent again already', async () => {
    const mail = await bounced()
    const mine = await formFields(await merchant.get(correctionOf(mail)), correctionOf(mail))
    const colleague = await signUp({ accountId: merchant.accountId, role: 'member' })
    await colleague.fillIn(correctionOf(mail), { address: 'theirs@simulator.test' })
    const answer = await merchant.post(correctionOf(mail), { ...mine, address: 'mine@simulator.test' })
    expect(answer.status).toBe(422)
    expect(await textOf(answer)).toContain('Someone has already sent it again')
    expect(await emailsOf(mail.documentId)).toEqual(['theirs@simulator.test'])
  })

  it('suggests what a mistyped address probably should be', async () => {
    const mail = await bounced('anna@gmial.com')
    await env.DB.prepare("UPDATE deliveries SET connection = 'simulator' WHERE id = ?").bind(mail.deliveryId).run()
    await report(mail, 'bounced_hard')
    expect((await formFields(await merchant.get(correctionOf(mail)), correctionOf(mail))).address).toBe(
      'anna@gmail.com',
    )
  })

  it('suggests what was meant where the new address is mistyped, as the contact form does', async () => {
    const mail = await bounced()
    const page = await (await merchant.get(correctionOf(mail))).text()
    expect(page).toContain(`hx-get="${routes.contactSuggestions}"`)
    expect(page).toContain('id="f-address-suggestions"')
    const asked = await merchant.get(`${routes.contactSuggestions}?address=${encodeURIComponent('anna@gmial.com')}`)
    const suggestion = await asked.text()
    expect(suggestion).toContain('Did you mean anna@gmail.com?')
    expect(suggestion).toContain('data-fill="f-address"')
  })
})

describe('sending again', () => {
  it('repeats what a provider gave up only when asked, with the same text, once', async () => {
    const mail = await sentInvoice(merchant, { contact: { emails: ['full@simulator.test'] } })
    await env.DB.prepare("UPDATE sends SET subject = 'My own subject' WHERE document_id = ?")
      .bind(mail.documentId)
      .run()
    await report(mail, 'bounced_soft', '452 4.2.2 Mailbox full')
    await tick()
    expect(await rows("SELECT 1 FROM deliveries WHERE document_id = ? AND status = 'queued'", mail.documentId)).toEqual(
      [],
    )
    const path = routes.deliveryRepeats(mail.documentId, mail.deliveryId)
    const fields = await formFields(await merchant.get(routes.problems), path)
    for (const _ of [1, 2]) expect((await merchant.post(path, fields)).headers.get('location')).toBe(routes.problems)
    expect(await rows('SELECT subject FROM sends WHERE document_id = ?', mail.documentId)).toEqual([
      { subject: 'My own subject' },
      { subject: 'My own subject' },
    ])
    expect(await bell()).toBe('0')
  })

  it('offers another address where the recipient wants no mail', async () => {
    const mail = await sentInvoice(merchant, { contact: { emails: ['spam@simulator.test'] } })
    await report(mail, 'complained', 'Reported as spam')
    const text = await list()
    expect(text).toContain('Use another address')
    expect(text).not.toContain('Correct the address')
    const form = await merchant.get(routes.deliveryCorrection(mail.documentId, mail.deliveryId))
    expect((await formFields(form, routes.deliveryCorrection(mail.documentId, mail.deliveryId))).address).toBe('')
  })

  it('is not for an address that does not exist', async () => {
    const mail = await bounced()
    await merchant.post(routes.deliveryRepeats(mail.documentId, mail.deliveryId))
    expect(await rows('SELECT 1 FROM sends WHERE document_id = ?', mail.documentId)).toHaveLength(1)
  })

  it('is sent once despite an unsubscription when an admin decides so, and that is recorded', async () => {
    const address = 'left@simulator.test'
    await env.DB.prepare("INSERT INTO suppressions VALUES (?, ?, 'unsubscribed', '', NULL, 0, '')")
      .bind(merchant.accountId, address)
      .run()
    const documentId = await invoiceFor(merchant, { contact: { emails: [address] } })
    await send(merchant, documentId, { 'to.0': address })
    const drop = async () => {
      const { id } = await row<{ id: string }>(
        "SELECT id FROM deliveries WHERE document_id = ? AND status = 'queued'",
        documentId,
      )
      await env.DB.prepare("UPDATE deliveries SET status = 'dispatched', rank = 1, due_at = ? WHERE id = ?")
        .bind(Date.now() + 200_000, id)
        .run()
      await deliverIds([id])
      return id
    }
    const deliveryId = await drop()
    const path = routes.deliveryExceptions(documentId, deliveryId)
    expect(await list()).toContain('This address has unsubscribed')
    expect(await list()).toContain('Use another address')
    expect(await list()).not.toContain('Correct the address')
    const member = await signUp({ accountId: merchant.accountId, role: 'member' })
    expect(await textOf(await member.get(routes.problems))).not.toContain('Send anyway')
    // The merchant's copy is sent too, and is not an exception to an unsubscription.
    const copiesTo = (to: Record<string, string>) =>
      env.DB.prepare("UPDATE accounts SET settings = json_set(settings, '$.copiesTo', json(?))")
        .bind(JSON.stringify(to))
        .run()
    await copiesTo({ invoice: 'books@shop.example' })
    await press(path)
    await copiesTo({})
    await env.DB.prepare("DELETE FROM deliveries WHERE purpose = 'copy'").run()
    const again = await drop()
    expect(await row('SELECT status FROM deliveries WHERE id = ?', again)).not.toEqual({ status: 'dropped' })
    expect(await rows("SELECT actor FROM history WHERE document_id = ? AND type = 'sent_despite'", documentId)).toEqual(
      [{ actor: merchant.userId }],
    )
    expect(await textOf(await merchant.get(routes.auditList))).toContain(`sent a document to ${address} once`)
    // The unsubscription remains: the next document is dropped again.
    await send(merchant, documentId, { 'to.0': address })
    expect(await row('SELECT status, reason FROM deliveries WHERE id = ?', await drop())).toEqual({
      ...{ status: 'dropped', reason: 'unsubscribed' },
    })
  })
})
