import { describe, expect, it } from 'vitest'
import { BUILT_IN_LANGUAGES } from '../../src/domain/languages'
import { renderDocumentMail } from '../../src/mail/render-mail'
import { company, mailInput } from '../support/mail-input'

const BANK = { iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP' }
const payee = company(BANK)

const OPEN = { due: 121_000, credited: 0, paidOn: '' }
const PARTLY_CREDITED = { due: 100_000, credited: 21_000, paidOn: '' }
const CREDITED = { due: 0, credited: 121_000, paidOn: '' }
const PAID = { due: 0, credited: 0, paidOn: '2026-12-01' }

const jsonLdOf = (html: string) =>
  JSON.parse(html.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)?.[1] ?? 'null')

describe('the mail of an invoice asks for what is owed when it is made', () => {
  it('all of it while it is open', () => {
    const { html, text } = renderDocumentMail(mailInput({ balance: OPEN }))
    expect(text).toContain('for €1,210.00, due on December 24, 2026')
    expect(text).toMatch(/Amount due +€1,210\.00/)
    expect(text).toContain('Due date')
    expect(jsonLdOf(html)).toMatchObject({ paymentStatus: 'https://schema.org/PaymentDue' })
  })

  it('what is left after a part was credited', () => {
    const { html, text } = renderDocumentMail(mailInput({ balance: PARTLY_CREDITED, payee }))
    for (const part of [html, text]) {
      expect(part).toContain('€210.00 of €1,210.00 was credited. €1,000.00 remains to be paid.')
      expect(part).toContain('December 24, 2026')
      expect(part).toContain('AGRIFRPP')
    }
    expect(text).toMatch(/Amount due +€1,000\.00/)
    expect(text).toMatch(/Credited +€210\.00/)
    expect(text).toContain('for €1,000.00, due on')
    expect(html).toContain('€1,000.00, due on December 24, 2026 · INV-2026-0042')
    expect(jsonLdOf(html)).toMatchObject({ totalPaymentDue: { value: '1000.00' } })
  })

  it.each([
    ['paid', PAID, 'Paid on December 1, 2026. There is nothing left to pay.'],
    ['credited', CREDITED, 'Credited in full. There is nothing left to pay.'],
  ])('nothing once it is %s', (_, balance, status) => {
    const { html, text } = renderDocumentMail(mailInput({ balance, payee }))
    for (const part of [html, text]) {
      expect(part).toContain(status)
      expect(part).not.toMatch(/due on|Due date|December 24|schema.org\/PaymentDue|AGRIFRPP|IBAN/)
    }
    expect(text).toMatch(/Amount due +€0\.00/)
    expect(text).toMatch(/Total +€1,210\.00/)
    expect(html).toContain('Nothing to pay · INV-2026-0042')
    expect(text).toContain('Here is our invoice INV-2026-0042.')
    expect(jsonLdOf(html)).toMatchObject({
      totalPaymentDue: { value: '0.00' },
      paymentStatus: 'https://schema.org/PaymentComplete',
    })
    expect(jsonLdOf(html)).not.toHaveProperty('paymentDueDate')
  })

  it('nothing if its total is zero', () => {
    const free = mailInput({ balance: { ...OPEN, due: 0 }, document: { totals: { total: 0 } } })
    expect(renderDocumentMail(free).text).toContain('There is nothing to pay.')
  })

  it('regardless of the mail before it', () => {
    const shapes = [OPEN, PAID, OPEN, CREDITED, PARTLY_CREDITED, OPEN]
    const texts = shapes.map((balance) => renderDocumentMail(mailInput({ balance, payee })).text)
    expect(texts[2]).toBe(texts[0])
    expect(texts[5]).toBe(texts[0])
    expect(new Set(texts).size).toBe(4)
  })

  it('in a merchant’s text, whose variables have the same amounts', () => {
    const body = 'Total {{ document.total }}.{% if document.amount_due %} Pay {{ document.amount_due }}.{% endif %}'
    const written = (balance: typeof OPEN) =>
      renderDocumentMail(mailInput({ translation: { subject: 'x', body }, balance })).text
    expect(written(OPEN)).toMatch(/^Total €1,210\.00\. Pay €1,210\.00\.\n/)
    expect(written(PARTLY_CREDITED)).toContain('Total €1,210.00. Pay €1,000.00.')
    expect(written(PAID)).toMatch(/^Paid on .*\n\nTotal €1,210\.00\.\n/)
  })

  it('also in the mail of a fresh link', () => {
    const translation = { subject: 'x', body: 'New link' }
    const fresh = renderDocumentMail(mailInput({ translation, mailKind: 'fresh_link', balance: PAID }))
    expect(fresh.text).toMatch(/^Paid on December 1, 2026\./)
    expect(fresh.html).not.toContain('schema.org/PaymentDue')
  })
})

describe('receipts', () => {
  it('state in JSON that nothing is due, and how much was credited', () => {
    const document = { kind: 'receipt', dueDate: '', paid: { on: '2026-11-24' } } as const
    const { html, text } = renderDocumentMail(
      mailInput({ document, payee, balance: { ...PAID, credited: 21_000, paidOn: '' } }),
    )
    expect(jsonLdOf(html)).toMatchObject({ totalPaymentDue: { value: '0.00' } })
    expect(text).toMatch(/Amount paid +€1,210\.00/)
    expect(text).toMatch(/Credited +€210\.00/)
    expect(text).not.toContain('AGRIFRPP')
  })
})

describe('bank details', () => {
  it('are in the mail of an unpaid invoice, in HTML and text', () => {
    const { html, text } = renderDocumentMail(mailInput({ payee }))
    for (const part of [html, text]) {
      expect(part).toContain('Atelier Dupont SARL')
      expect(part).toContain('FR76 3000 6000 0112 3456 7890 189')
      expect(part).toContain('AGRIFRPP')
      expect(part).toContain('Account holder')
    }
    expect(text).toMatch(/Reference +INV-2026-0042/)
  })

  it.each(BUILT_IN_LANGUAGES)('have labels in %s', (language) => {
    const { html } = renderDocumentMail(mailInput({ payee, language }))
    expect(html).toContain('FR76 3000')
    expect(html).not.toMatch(/document\.payment|mail\.\w+\.\w/)
  })

  it('are left out if the document names no account; a payment note is shown alone', () => {
    expect(renderDocumentMail(mailInput()).text).not.toMatch(/IBAN|Account holder/)
    const { html, text } = renderDocumentMail(mailInput({ payee: company({ paymentNote: 'Or <cash>\nat the shop' }) }))
    expect(text).toContain('Payment\nOr <cash>\nat the shop')
    expect(html).toContain('Or &#60;cash&#62;\nat the shop')
    expect(html).not.toContain('IBAN')
  })

  it('are not in the mail of a credit note', () => {
    expect(renderDocumentMail(mailInput({ payee, document: { kind: 'credit_note' } })).text).not.toContain('IBAN')
  })
})
