import { describe, expect, it } from 'vitest'
import { BUILT_IN_LANGUAGES } from '../../src/domain/languages'
import { MAIL_KINDS } from '../../src/domain/translation'
import { missingValues } from '../../src/mail/missing-values'
import { renderDocumentMail } from '../../src/mail/render-mail'
import { builtInTranslation } from '../../src/mail/translation'
import { company, mailInput } from '../support/mail-input'

const receiptWith = (body: string, subject = 'x') =>
  renderDocumentMail(
    mailInput({
      translation: { subject, body },
      document: { kind: 'receipt', dueDate: '', seller: company({ phone: '' }) },
    }),
  )

/** The lines of the merchant's own text. */
const ownText = (body: string) => receiptWith(`[[\n\n${body}\n\n]]`).text.match(/\[\[\s*([\s\S]*?)\s*\]\]/)?.[1]

describe('a sentence around a value that the document lacks', () => {
  it.each([
    ['It is due on {{ document.due_date }}.', 'It is due on –.'],
    ['Please pay {{ document.amount_due }} by {{ document.due_date }}.', 'Please pay – by –.'],
    ['Your order {{ document.order_number | upcase }}, thank you.', 'Your order –, thank you.'],
    ['Order: {{- document.order_number -}}', 'Order:–'],
    ['It is for {{ document.refers_to }}.', 'It is for –.'],
    ['Call us: {{ company.phone }}', 'Call us: –'],
    ['Due {{ document.due_date | default: "at once" }}.', 'Due at once.'],
    ['Thanks{% if document.due_date %}, due on {{ document.due_date }}{% endif %}.', 'Thanks.'],
    ['Thanks{% unless document.due_date %}, nothing is due{% endunless %}.', 'Thanks, nothing is due.'],
    ['Anna\n\n{{ company.phone }}\n\nBerlin', 'Anna\n\nBerlin'],
    ['{% if company.phone %}Tel. {% endif %}{{ company.phone }} x', 'x'],
  ])('%j has no hole', (body, text) => {
    expect(ownText(body)).toBe(text)
  })

  it('keeps the same words in HTML and in the subject, and links as they are', () => {
    const { html, subject, text } = receiptWith(
      'Due on {{ document.due_date }}: [shop](https://shop.example/?order={{ document.order_number }}&a=1)',
      'Due on {{ document.due_date }}',
    )
    expect(subject).toBe('Due on –')
    expect(html).toContain('Due on –:')
    expect(html).toContain('https://shop.example/?order=&#38;a=1')
    expect(text).toContain('https://shop.example/?order=&a=1')
  })

  it('prints the value of a document that has it', () => {
    const translation = { subject: 'x', body: 'Pay {{ document.amount_due }} by {{ document.due_date | upcase }}.' }
    const { text } = renderDocumentMail(mailInput({ translation }))
    expect(text).toContain('Pay €1,210.00 by DECEMBER 24, 2026.')
  })
})

describe('the warning', () => {
  it.each([
    [
      'Due {{ document.due_date }}, order {{ document.order_number }}',
      'invoice',
      ['document.due_date', 'document.order_number'],
    ],
    ['{% if document.amount_due %}Due {{ document.due_date }}{% endif %}', 'invoice', []],
    ['{% if document.kind %}Due {{ document.due_date }}{% endif %}', 'receipt', ['document.due_date']],
    ['{% unless document.due_date %}Due {{ document.due_date }}{% endunless %}', 'receipt', []],
    ['It is for {{ document.refers_to }}.', 'credit_note', []],
    ['It is for {{ document.refers_to }}.', 'resend', ['document.refers_to']],
    ['{{ document.order_number }}', 'invoice', []],
    ['Due {{ document.due_date | default: "soon" }}', 'invoice', []],
  ] as const)('of %j in a(n) %s names %j', (text, kind, names) => {
    expect(missingValues(text, kind)).toEqual(names)
  })

  it('has nothing to say of the built-in texts', () => {
    for (const language of BUILT_IN_LANGUAGES)
      for (const kind of MAIL_KINDS) {
        const { subject, body } = builtInTranslation(kind, language)
        expect([...missingValues(subject, kind), ...missingValues(body, kind)]).toEqual([])
      }
  })
})
