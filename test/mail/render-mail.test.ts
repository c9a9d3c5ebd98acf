import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DOCUMENT_KINDS } from '../../src/domain/document'
import { BUILT_IN_LANGUAGES } from '../../src/domain/languages'
import { escapeHtml } from '../../src/mail/liquid'
import { renderDocumentMail } from '../../src/mail/render-mail'
import { builtInTranslation } from '../../src/mail/translation'
import { company, mailInput } from '../support/mail-input'

const written = (body: string, subject = 'x') => renderDocumentMail(mailInput({ translation: { subject, body } }))
const buyer = (name: string) => ({ ...mailInput().document.buyer, name })

describe('the mail of an invoice', () => {
  const input = mailInput({ alsoSentTo: ['bob@example.org', 'eve@example.org'] })
  const { subject, html, text } = renderDocumentMail(input)

  it('has number, amount, date, links and sender in HTML and text', () => {
    expect(subject).toBe('Invoice INV-2026-0042 from Atelier Dupont')
    for (const part of [html, text]) {
      expect(part).toContain('Anna Müller')
      expect(part).toContain('INV-2026-0042')
      expect(part).toContain('€1,210.00')
      expect(part).toContain('December 24, 2026')
      expect(part).toContain(input.link)
      expect(part).toContain(input.unsubscribeLink)
      expect(part).toContain('bob@example.org, eve@example.org')
      expect(part).toContain('Replies go to bonjour@atelier-dupont.example')
      expect(part).toContain('Atelier Dupont SARL\u00a0· 12 rue des Archives\u00a0· 75003 Paris\u00a0· France')
      expect(part).toContain('Facteur')
    }
  })

  it('is a complete page: language, direction, title, dark mode, and nothing to load', () => {
    expect(html).toMatch(/^<!DOCTYPE html><html dir="ltr" lang="en">/)
    expect(html).toContain('<title>Invoice INV-2026-0042 from Atelier Dupont</title>')
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>')
    expect(html).toContain('@media (prefers-color-scheme:dark)')
    expect(html).not.toMatch(/<img|<link|url\(|src=/)
  })

  it('leaves no placeholder and no Liquid behind', () => {
    for (const part of [subject, html, text]) {
      expect(part).not.toMatch(/lqd\w*\d+x/)
      expect(part).not.toMatch(/\{\{|\{%/)
    }
  })

  it('stays far below the 102 KB at which Gmail cuts', () => {
    expect(new TextEncoder().encode(html).length).toBeLessThan(16_000)
  })

  it('stays below 102 KB with the longest body', () => {
    const longest = renderDocumentMail(mailInput({ translation: { subject: 'x', body: '- **ab** c\n'.repeat(909) } }))
    expect(new TextEncoder().encode(longest.html).length).toBeLessThan(102_000)
  })
})

describe('the languages', () => {
  it.each(BUILT_IN_LANGUAGES)('has a complete mail of every kind in %s', (language) => {
    for (const kind of DOCUMENT_KINDS) {
      const translation = builtInTranslation(kind, language)
      const mail = renderDocumentMail(mailInput({ language, translation, document: { kind } }))
      expect(mail.subject).toContain('INV-2026-0042')
      expect(mail.text).not.toMatch(/mail\.\w|[{}]/)
      expect(mail.html).toContain(`lang="${language}"`)
    }
  })

  it('formats by region and falls back to English labels in a language that is not built in', () => {
    const swiss = renderDocumentMail(mailInput({ language: 'de-CH', document: { currency: 'CHF' } }))
    expect(swiss.text).toMatch(/CHF\s1.210\.00/)
    const hebrew = renderDocumentMail(mailInput({ language: 'he' }))
    expect(hebrew.html).toContain('<html dir="rtl" lang="he">')
    expect(hebrew.text).toContain('View invoice')
  })
})

describe('the parts that vary', () => {
  it('marks a draft’s number everywhere', () => {
    const mail = renderDocumentMail(mailInput({ provisional: true }))
    expect(mail.subject).toContain('INV-2026-0042 (provisional)')
    expect(mail.html.match(/INV-2026-0042(?! \(provisional\)|&|")/g)).toBeNull()
    expect(renderDocumentMail(mailInput({ provisional: true, document: { number: '' } })).subject).toContain(
      '(provisional)',
    )
  })

  it('marks a test', () => {
    const mail = renderDocumentMail(mailInput({ document: { test: true } }))
    expect(mail.subject).toMatch(/^\[Test\] /)
    expect(mail.html).toContain('this is not a real document')
    expect(mail.text).toContain('this is not a real document')
  })

  it('leaves out what is missing: due date, others, PDF, register', () => {
    const mail = renderDocumentMail(
      mailInput({
        attachesPdf: false,
        document: { kind: 'receipt', dueDate: '', seller: company({ register: '', registerNumber: '', vatId: '' }) },
      }),
    )
    expect(mail.text).not.toMatch(/Due date|Also sent|PDF|RCS|undefined/)
    expect(mail.text).toContain('Amount paid')
  })
})

describe('a merchant’s text', () => {
  it('is Markdown in both parts', () => {
    const { html, text } = written(
      '# Hi\n\n**{{ document.total }}** *soon*\n\n- one\n- two\n\n> quoted\n\n1. first\n\nA & B < C',
    )
    expect(html).toContain('<strong>€1,210.00</strong>')
    expect(html).toMatch(/<ul[^>]*><li>one<\/li><li>two<\/li><\/ul>/)
    expect(text).toContain('Hi\n\n€1,210.00 soon\n\n- one\n- two\n\n> quoted\n\n1. first\n\nA & B < C')
  })

  it('runs from right to left where its language does', () => {
    const translation = { subject: 'x', body: '- one\n\n> two' }
    const { html } = renderDocumentMail(mailInput({ translation, language: 'ar' }))
    expect(html).toMatch(/<html[^>]*dir="rtl"/)
    expect(html).toMatch(/<ul style="[^"]*padding-right:24px"/)
    expect(html).toMatch(/<blockquote style="[^"]*border-right:3px/)
    expect(html).not.toMatch(/padding-left:(16|24)px">/)
  })

  it('can have conditions, also on separate lines', () => {
    const body =
      '{% if document.due_date %}\n\nPay by {{ document.due_date }}.\n\n{% else %}\n\nPaid.\n\n{% endif %}\n\nBye'
    expect(written(body).text).toMatch(/^Pay by December 24, 2026\.\n\nBye\n/)
    expect(written(body).html).not.toMatch(/<p[^>]*>\s*<\/p>/)
    const paid = renderDocumentMail(mailInput({ translation: { subject: 'x', body }, document: { dueDate: '' } }))
    expect(paid.text).toMatch(/^Paid\.\n\nBye\n/)
  })

  it('never makes a mail without a subject', () => {
    const translation = { subject: '{{ document.order_number }}', body: 'x' }
    expect(renderDocumentMail(mailInput({ translation })).subject).toBe('INV-2026-0042')
  })

  it('can use filters', () => {
    expect(written('{{ document.order_number | default: "none" | upcase }}').text).toMatch(/^NONE\n/)
  })

  it('links to http, https, mailto and the document, with values percent-encoded', () => {
    const { html, text } = written(
      '[see]({{ document.link }}) [write](mailto:{{ company.email }}) [search](https://example.org/?q={{ contact.name }}&x=1)',
    )
    expect(html).toContain('href="https://facteur.example.org/d/c2VjcmV0LXRva2VuLTE2Yg"')
    expect(html).toContain('href="mailto:bonjour@atelier-dupont.example"')
    expect(html).toContain('href="https://example.org/?q=Anna%20M%C3%BCller&#38;x=1"')
    expect(text).toContain('see (https://facteur.example.org/d/c2VjcmV0LXRva2VuLTE2Yg)')
  })

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java&#115;cript:alert(1))',
    '[x](data:text/html,x)',
    '[x](vbscript:x)',
    '[x]({{ contact.name }})',
    '[x]({{ contact.name }}://example.org)',
    '[x](//example.org)',
    '[x](/path)',
    '[x](file:///etc/passwd)',
    '<javascript:alert(1)>',
  ])('makes no link of %s', (body) => {
    const mail = renderDocumentMail(
      mailInput({ translation: { subject: 'x', body }, document: { buyer: buyer('javascript:alert(1)') } }),
    )
    const links = [...mail.html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])
    expect(links).toEqual([mailInput().link, mailInput().unsubscribeLink])
  })

  it('shows HTML as text and loads no picture', () => {
    const { html } = written(
      '<script>alert(1)</script>\n\na <b onclick="x">c</b> ![alt](https://example.org/pixel.png)',
    )
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;')
    expect(html).not.toMatch(/<b\b|<img|pixel\.png/)
  })

  it.each(['pre', 'code', 'kbd', 'script'])('escapes what follows <%s> in a line', (tag) => {
    const { html, text } = written(`a <${tag}> <img src=https://example.org/pixel.png`)
    expect(html).toContain('&lt;img src=')
    expect(html).not.toContain('<img')
    expect(text).toContain(`a <${tag}> <img src=https://example.org/pixel.png`)
  })

  it('keeps escaped braces, and refuses unknown variables', () => {
    expect(written('\\{\\{ document.number \\}\\}').text).toContain('{{ document.number }}')
    expect(() => written('{{ mail.json_ld | secret }}')).toThrow()
    expect(() => written('{{ document.secret }}')).toThrow('undefined variable')
    expect(() => written('{{ document.constructor }}')).toThrow('undefined variable')
    expect(() => written('{% include "x" %}')).toThrow('not found')
    expect(() => written('{% for a in (1..99999999) %}x{% endfor %}')).toThrow('not found')
  })
})

describe('values from outside', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '{{ document.link }}',
      '{% if x %}',
      '{{',
      '**bold**',
      '[x](javascript:x)',
      '<script>alert(1)</script>',
      '</script><script>',
      '"><img src=x>',
      '\u2028',
      'lqd0x lqd1x',
      'a\r\nBcc: eve@example.org',
      '$& $1 $$',
    ),
  )
  const shown = (value: string) => value.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim()

  it('appear literally, never interpreted', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, seller) => {
        const mail = renderDocumentMail(
          mailInput({
            translation: { subject: 'x', body: 'Dear §{{ contact.name }}§ from §{{ company.name }}§' },
            document: { buyer: buyer(name), seller: company({ tradingName: seller || 'x' }) },
          }),
        )
        const [, nameInText, , sellerInText] = mail.text.split('§')
        expect(nameInText).toBe(shown(name).replace(/\n{3,}/g, '\n\n'))
        expect(sellerInText).toBe(shown(seller || 'x'))
        expect(mail.html).toContain(`§${escapeHtml(shown(name))}§`)
        expect(mail.html.match(/<script|<img/g)).toEqual(['<script'])
      }),
      { numRuns: 300 },
    )
  })

  it('cannot leave the JSON-LD, which stays valid', () => {
    const name = '</script><!-- & \u2028 "quoted" {{ document.link }}'
    const { html } = renderDocumentMail(mailInput({ document: { buyer: buyer(name) } }))
    const json = html.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)?.[1] ?? ''
    expect(json).not.toMatch(/[<>&]/)
    expect(JSON.parse(json)).toMatchObject({
      '@type': 'Invoice',
      identifier: 'INV-2026-0042',
      customer: { '@type': 'Person', name },
      totalPaymentDue: { currency: 'EUR', value: '1210.00' },
      paymentDueDate: '2026-12-24',
    })
  })

  it('cannot break the subject into lines', () => {
    const { subject } = renderDocumentMail(
      mailInput({ document: { seller: company({ tradingName: 'A\r\nBcc: eve@example.org\u2028x' }) } }),
    )
    expect(subject).toBe('Invoice INV-2026-0042 from A Bcc: eve@example.org x')
  })

  it('do not leak from one mail into the next with the same text', () => {
    const first = renderDocumentMail(mailInput({ document: { buyer: buyer('First') } }))
    const second = renderDocumentMail(mailInput({ document: { buyer: buyer('Second') } }))
    expect(first.html).not.toContain('Second')
    expect(second.html).not.toContain('First')
  })
})
