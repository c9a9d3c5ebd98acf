import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../../src/routes'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage } from '../../support/database'
import { draftFor, invoiceFor, sendForm } from '../../support/sendable'

let merchant: Merchant

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp({ email: 'preview@facteur.test' })
})

describe('the preview', () => {
  it('is a separate document that runs no scripts and loads nothing from elsewhere', async () => {
    const id = await invoiceFor(merchant)
    const frame = await merchant.get(routes.sendPreview(id))
    expect(frame.status).toBe(200)
    const policy = frame.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).toMatch(/sandbox$/)
    expect(await frame.text()).not.toContain('<script src')
  })

  it('shows sender, recipient, reply address, subject, the other recipients and the mail', async () => {
    const id = await invoiceFor(merchant, {
      contact: { emails: ['a@shop.example', 'b@shop.example'], name: 'Ana <Ltd>' },
    })
    const html = await (await merchant.get(routes.sendPreview(id))).text()
    expect(html).toContain('Atelier Dupré via Facteur &lt;notifications@mail.facteur.test&gt;')
    expect(html).toContain('a@shop.example')
    expect(html).toContain('bonjour@atelier-dupre.example')
    expect(html).toMatch(/<h1>Rechnung 2026-\d+ von Atelier Dupré<\/h1>/)
    expect(html).toContain('srcdoc="&lt;!DOCTYPE html')
    expect(html).toContain('b@shop.example')
    expect(html).toMatch(/2026-\d+\.pdf/)
  })

  it('shows the typed text, and the text part too', async () => {
    const id = await invoiceFor(merchant)
    const form = {
      ...(await sendForm(merchant, id)),
      subject: 'About {{ document.number }}',
      body: 'Dear **you**',
      language: 'en',
    }
    const text = await textOf(await merchant.post(routes.sendPreview(id), { ...form, view: 'text' }))
    expect(text).toMatch(/About 2026-\d+/)
    expect(text).toContain('Dear you')
    expect(text).toContain('Amount due')
  })

  it('marks the number of a draft as provisional', async () => {
    const id = await draftFor(merchant)
    const text = await textOf(await merchant.get(`${routes.sendPreview(id)}?view=text`))
    expect(text).toMatch(/Rechnung 2026-\d+ \(vorläufig\)/)
  })

  it('lists the problems of the text by line, instead of a mail', async () => {
    const id = await invoiceFor(merchant)
    const form = { ...(await sendForm(merchant, id)), body: 'Hi {{ contact.nmae }}\n{{ document.total | money }}' }
    const text = await textOf(await merchant.post(routes.sendPreview(id), form))
    expect(text).toContain('Text: Line 1, column 7: There is no variable contact.nmae.')
    expect(text).toContain('Line 2, column')
  })

  it('counts the ticked and typed recipients in a sentence', async () => {
    const id = await invoiceFor(merchant)
    const form = { ...(await sendForm(merchant, id)), extra: 'a@shop.example, b@shop.example', load: 'summary' }
    const summary = await merchant.hx(routes.sendPreview(id), { method: 'POST', fields: form })
    expect(await textOf(summary)).toContain('Goes to 3 addresses with the next batch')
  })

  it('escapes what comes from outside', async () => {
    const id = await invoiceFor(merchant, { contact: { name: '<script>alert(1)</script>' } })
    const html = await (await merchant.get(routes.sendPreview(id))).text()
    expect(html).not.toContain('<script>alert')
  })
})
