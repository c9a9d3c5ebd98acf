import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../../src/routes'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage } from '../../support/database'
import { report, type SentMail, sentInvoice } from '../../support/failures'
import { invoiceFor } from '../../support/sendable'

let merchant: Merchant

beforeAll(freshStorage)
beforeEach(async () => {
  merchant = await signUp()
})

/** Returns the panel from the question to its end. */
async function panelOf({ documentId }: Pick<SentMail, 'documentId'>): Promise<string> {
  const text = await textOf(await merchant.get(routes.document(documentId)))
  const start = text.indexOf('Why did my customer not get it?')
  return start < 0 ? '' : text.slice(start, start + 900)
}

describe('« Why did my customer not get it? »', () => {
  it('is shown on every sent document, and on no other', async () => {
    expect(await panelOf({ documentId: await invoiceFor(merchant) })).toBe('')
    expect(await panelOf(await sentInvoice(merchant))).toContain('A mail server has accepted the e-mail')
  })

  it('suggests the spam folder first if the mail was delivered', async () => {
    const mail = await sentInvoice(merchant)
    await report(mail, 'delivered')
    const panel = await panelOf(mail)
    expect(panel.indexOf('spam folder first')).toBeGreaterThan(0)
    expect(panel.indexOf('spam folder first')).toBeLessThan(panel.indexOf('letter by letter'))
    expect(panel).toContain('Send again to this address')
  })

  it('knows whether the address has ever worked, and offers the step above', async () => {
    const mail = await sentInvoice(merchant, { contact: { emails: ['gone@simulator.test'] } })
    await report(mail, 'bounced_hard', '550 5.1.1 No such user')
    expect(await panelOf(mail)).toContain('wrong from the start')
    expect(await panelOf(mail)).toContain('550 5.1.1 No such user')
    expect(await textOf(await merchant.get(routes.document(mail.documentId)))).toContain('Correct the address')
    const other = await sentInvoice(merchant, { contact: { emails: ['left@simulator.test'] } })
    await report(other, 'delivered')
    await report(other, 'bounced_hard', '550 5.1.1', { key: 'later' })
    expect(await panelOf(other)).toContain('E-mails used to arrive at this address')
  })

  it.each([
    ['deferred', '451 4.7.1 Greylisted', 'is delaying the e-mail'],
    ['bounced_soft', '452 4.2.2 Mailbox full', 'The mailbox is full'],
    ['complained', 'spam', 'Talk to your customer'],
  ] as const)('says what %s means', async (event, words, expected) => {
    const mail = await sentInvoice(merchant)
    await report(mail, event, words)
    expect(await panelOf(mail)).toContain(expected)
  })
})
