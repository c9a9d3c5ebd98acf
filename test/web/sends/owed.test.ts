import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../../src/routes'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage } from '../../support/database'
import { mailed } from '../../support/mailed'
import { invoiceFor, send, sendForm } from '../../support/sendable'

let merchant: Merchant
const today = new Date().toISOString().slice(0, 10)

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp({ settings: { batchWindowMs: 0 }, email: 'owed@facteur.test' })
})

/** Issues an invoice of €120.00 in English. */
const invoice = () => invoiceFor(merchant, { contact: { language: 'en' } })
const paid = async () => {
  const id = await invoice()
  await merchant.post(routes.documentPayment(id), { paidOn: today })
  return id
}
const voided = async () => {
  const id = await invoice()
  await merchant.fillIn(routes.document(id), {}, routes.documentCreditNotes(id))
  return id
}
/** Issues an invoice, and records a credit of €20.00. */
const partlyCredited = async () => {
  const id = await invoice()
  await env.DB.prepare('UPDATE documents SET credited = 2000 WHERE id = ?').bind(id).run()
  return id
}

const previewOf = async (id: string) =>
  textOf(await merchant.post(routes.sendPreview(id), { ...(await sendForm(merchant, id)), view: 'text' }))
const formOf = async (id: string) => textOf(await merchant.get(routes.newSend(id)))
const pageOf = async (id: string) => textOf(await merchant.get(routes.document(id)))

describe('a paid invoice', () => {
  it('has a preview and a mail that ask for no payment', async () => {
    const id = await paid()
    const preview = await previewOf(id)
    await send(merchant, id)
    const { html, text } = await mailed(merchant, id)
    for (const part of [preview, text, html]) {
      expect(part).toMatch(/Paid on .*There is nothing left to pay/)
      expect(part).not.toMatch(/due on|Due date|IBAN|schema.org\/PaymentDue/)
    }
    expect(html).toContain('"value":"0.00"')
  })

  it('is warned of before it is sent', async () => {
    expect(await formOf(await paid())).toContain(
      'This invoice is already paid. The e-mail will say that nothing remains',
    )
    expect(await formOf(await invoice())).not.toContain('already paid')
  })

  it('shows on its page that nothing is left to pay', async () => {
    const page = await pageOf(await paid())
    expect(page).toContain('Left to pay €0.00 Total €120.00')
    expect(await pageOf(await invoice())).toContain('Left to pay €120.00')
  })
})

describe('a voided invoice', () => {
  it('has the same warning, preview and headline', async () => {
    const id = await voided()
    expect(await formOf(id)).toContain('This invoice was credited in full. The e-mail will say')
    const preview = await previewOf(id)
    expect(preview).toContain('Credited in full. There is nothing left to pay.')
    expect(preview).not.toMatch(/due on|Due date|IBAN/)
    expect(await pageOf(id)).toContain('Left to pay €0.00 Total €120.00')
  })
})

describe('an invoice credited in part', () => {
  it('asks for the remaining amount everywhere', async () => {
    const id = await partlyCredited()
    expect(await formOf(id)).toContain(
      '€20.00 of this invoice was credited. The e-mail will ask for the remaining €100.00',
    )
    expect(await pageOf(id)).toContain('Left to pay €100.00 Total €120.00')
    await send(merchant, id)
    const { html, text } = await mailed(merchant, id)
    expect(text).toMatch(/Amount due +€100\.00/)
    expect(text).toContain('for €100.00, due on')
    expect(html).toContain('"value":"100.00"')
  })
})

describe('a mail that is sent again after the payment', () => {
  it('says that it is paid, while the earlier mail stays unchanged', async () => {
    const id = await invoice()
    await send(merchant, id)
    const before = await mailed(merchant, id)
    expect(before.text).toContain('for €120.00, due on')
    await merchant.post(routes.documentPayment(id), { paidOn: today })
    await send(merchant, id)
    expect((await mailed(merchant, id)).text).toContain('There is nothing left to pay')
  })
})

describe('bank details', () => {
  it('are those of the document, not the account’s current ones', async () => {
    const id = await invoice()
    await env.DB.prepare(
      "UPDATE accounts SET company = json_set(company, '$.iban', 'DE02120300000000202051') WHERE id = ?",
    )
      .bind(merchant.accountId)
      .run()
    await send(merchant, id)
    const { html, text } = await mailed(merchant, id)
    for (const part of [html, text]) {
      expect(part).toContain('FR76 3000 6000 0112 3456 7890 189')
      expect(part).not.toContain('DE02')
    }
  })
})
