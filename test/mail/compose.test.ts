import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { composeMime, type Envelope, MailTooLargeError } from '../../src/mail/compose'
import { quotedPrintable } from '../../src/mail/mime-encoding'

const mail = { language: 'de', subject: 'Invoice 1', html: '<p>Größe</p>', text: 'Größe\n' }
const envelope: Envelope = {
  id: 'dlv_01kb0',
  date: Date.UTC(2026, 10, 24, 9, 30),
  domain: 'mail.facteur.test',
  to: 'anna@example.org',
  company: 'Atelier Dupont',
  replyTo: 'bonjour@atelier.example',
  unsubscribeLink: 'https://facteur.example.org/d/abc/unsubscription',
}
const pdf = { filename: 'INV-1.pdf', contentType: 'application/pdf', content: new Uint8Array(300).fill(200) }

const compose = (changes: Partial<Envelope> = {}, subject = mail.subject, attachments = [pdf]) =>
  new TextDecoder().decode(composeMime({ ...mail, subject }, { ...envelope, ...changes }, attachments))

/** Unfolded header lines by lower-case name; fails on a name that occurs twice. */
function headersOf(mime: string): Record<string, string> {
  const headers: Record<string, string> = {}
  const head = mime.slice(0, mime.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ')
  for (const line of head.split('\r\n')) {
    const [, name = '', value = ''] = /^([\w-]+): (.*)$/.exec(line) ?? []
    expect(name, line).not.toBe('')
    expect(headers).not.toHaveProperty(name.toLowerCase())
    headers[name.toLowerCase()] = value
  }
  return headers
}

function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?(.*?)\?=/gi, (_, how: string, coded: string) => {
      const bytes =
        how.toUpperCase() === 'B'
          ? Uint8Array.fromBase64(coded)
          : Uint8Array.from(coded.replaceAll('_', ' ').match(/=[\dA-F]{2}|./g) ?? [], (unit) =>
              unit.length === 3 ? Number.parseInt(unit.slice(1), 16) : unit.charCodeAt(0),
            )
      return [...bytes].map((byte) => String.fromCharCode(byte)).join('')
    })
    .replace(/[\x80-\xff]+/g, (bytes) => new TextDecoder().decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0))))
}

const decodeQuotedPrintable = (coded: string): string => {
  const bytes = coded
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
}

describe('composeMime', () => {
  it('refuses a mail that is too large before any of it is encoded', () => {
    const encoding = vi.spyOn(Uint8Array.prototype, 'toBase64')
    const large = { ...pdf, content: new Uint8Array(4 * 1024 * 1024) }
    expect(() => compose({}, 'x', [large, large])).toThrow(MailTooLargeError)
    expect(() => composeMime({ ...mail, html: 'x'.repeat(11 * 1024 * 1024) }, envelope, [])).toThrow(MailTooLargeError)
    expect(encoding).not.toHaveBeenCalled()
    encoding.mockRestore()
  })

  it('writes all headers of a document’s mail', () => {
    expect(headersOf(compose())).toEqual({
      from: 'Atelier Dupont via Facteur <notifications@mail.facteur.test>',
      'reply-to': 'bonjour@atelier.example',
      to: 'anna@example.org',
      subject: 'Invoice 1',
      date: 'Tue, 24 Nov 2026 09:30:00 +0000',
      'message-id': '<dlv_01kb0@mail.facteur.test>',
      'auto-submitted': 'auto-generated',
      'content-language': 'de',
      'x-facteur-delivery': 'dlv_01kb0',
      'list-unsubscribe': '<https://facteur.example.org/d/abc/unsubscription>',
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'mime-version': '1.0',
      'content-type': 'multipart/mixed; boundary="=_dlv01kb0_1"',
    })
  })

  it('contains text, HTML and the PDF', () => {
    const parts = compose().split(/\r\n--=_dlv01kb0_[12](?:--)?\r\n/)
    const [, alternative = '', text = '', html = '', attachment = ''] = parts
    expect(alternative).toContain('multipart/alternative;\r\n boundary="=_dlv01kb0_2"')
    expect(text).toContain('Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable')
    expect(decodeQuotedPrintable(text.split('\r\n\r\n')[1] ?? '')).toBe('Größe\r\n')
    expect(html).toContain('Content-Type: text/html; charset=utf-8')
    expect(decodeQuotedPrintable(html.split('\r\n\r\n')[1] ?? '')).toBe('<p>Größe</p>')
    expect(attachment).toContain('Content-Type: application/pdf; name=INV-1.pdf')
    expect(attachment).toContain('Content-Disposition: attachment; filename=INV-1.pdf')
    expect(Uint8Array.fromBase64(attachment.split('\r\n\r\n')[1]?.split('\r\n--')[0] ?? '')).toEqual(pdf.content)
  })

  it('gives the same bytes at every attempt', () => {
    expect(compose()).toBe(compose())
    expect(compose({ id: 'dlv_other' })).not.toBe(compose())
  })

  it('keeps lines short and ends them with CRLF', () => {
    const mime = compose({ company: 'Ж'.repeat(80) }, 'Ü'.repeat(200))
    for (const line of mime.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
    expect(mime.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(mime.endsWith('--\r\n')).toBe(true)
  })

  it('names Facteur as the sender without a company, and then offers no unsubscribing', () => {
    const { company: _, unsubscribeLink: __, replyTo: ___, ...notice } = envelope
    const headers = headersOf(new TextDecoder().decode(composeMime(mail, notice, [])))
    expect(headers.from).toBe('Facteur <notifications@mail.facteur.test>')
    expect(headers).not.toHaveProperty('list-unsubscribe')
    expect(headers).not.toHaveProperty('reply-to')
  })
})

describe('names and subjects in any script', () => {
  it.each(['Ατελιέ Παπαδόπουλος', 'Студия „Заря“', '株式会社テスト', 'Größe & Söhne GmbH', '🧾 Shop', 'عربي'])(
    '%s',
    (name) => {
      const headers = headersOf(compose({ company: name }, `Σ ${name.repeat(8)}`))
      expect(headers.from).toMatch(/^[\x20-\x7e]+$/)
      expect(decodeWords(headers.from ?? '')).toContain(`${name} via Facteur`)
      expect(decodeWords(headers.subject ?? '')).toBe(`Σ ${name.repeat(8)}`)
    },
  )

  it('names a file in any script', () => {
    const mime = compose({}, 'x', [{ ...pdf, filename: 'Rechnung Größe Ж.pdf' }])
    expect(mime).toMatch(/filename\*0\*=utf-8''Rechnung%20Gr%C3%B6%C3%9Fe%20%D0%96\.pdf/)
  })

  it('removes paths and hidden characters from a file name', () => {
    const mime = compose({}, 'x', [{ ...pdf, filename: '../..\\a/b\u202e"c\r\nX: y.pdf' }])
    expect(mime).toContain('filename=')
    expect(mime).not.toMatch(/\.\.\/|\\a|\r\nX: y/)
  })
})

describe('values that imitate headers', () => {
  const from = (company: string) => headersOf(compose({ company })).from

  it.each([
    ['security@bank.example', 'security bank.example via Facteur'],
    ['"Bank" <a@b.c>', 'Bank a b.c via Facteur'],
    ['A\r\nBcc: eve@example.org', 'A Bcc: eve example.org via Facteur'],
    ['A\u0000B\u2028C', 'A B C via Facteur'],
    ['Shop\u202egro.elpmaxe', 'Shop gro.elpmaxe via Facteur'],
    ['', 'via Facteur'],
    ['   ', 'via Facteur'],
    ['ceo＠bank.example', 'ceo bank.example via Facteur'],
    ['=?utf-8?Q?Bank?=', '= ?utf-8?Q?Bank?= via Facteur'],
    [`Bank${'\u3000'.repeat(30)}`, 'Bank via Facteur'],
    [`Bank${'.'.repeat(60)}`, 'Bank... via Facteur'],
    [`${'x'.repeat(59)}\u200d\u200d`, `${'x'.repeat(59)} via Facteur`],
  ])('the company name %j', (company, name) => {
    expect(from(company)?.replaceAll('"', '')).toBe(`${name} <notifications@mail.facteur.test>`)
  })

  it('a subject that a mail program would decode into another one', () => {
    expect(headersOf(compose({}, '=?utf-8?Q?Your_bank?=')).subject).toBe('= ?utf-8?Q?Your_bank?=')
    expect(decodeWords(headersOf(compose({}, 'In\u202evoice\u200b  №\u00a01')).subject ?? '')).toBe('In voice № 1')
  })

  it('never makes a header, whatever name and subject are', () => {
    const names = Object.keys(headersOf(compose()))
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constant('\r\nBcc: eve@example.org\r\n\r\n'),
    )
    fc.assert(
      fc.property(hostile, hostile, hostile, (company, subject, filename) => {
        const mime = compose({ company }, subject || 'x', [{ ...pdf, filename }])
        const headers = headersOf(mime)
        expect(Object.keys(headers).filter((name) => name !== 'subject')).toEqual(
          names.filter((name) => name !== 'subject'),
        )
        expect(headers.from).toMatch(/ <notifications@mail\.facteur\.test>$/)
        expect(mime.split('\r\n--=_dlv01kb0_1\r\n')).toHaveLength(3)
      }),
      { numRuns: 300 },
    )
  })

  it.each(['a@b.c\r\nRCPT TO:<eve@example.org>', 'a\u0000@b.c', 'a\n@b.c'])('the address %j is refused', (to) => {
    expect(() => compose({ to })).toThrow('control characters')
  })

  it('an address with a comma stays one address', () => {
    expect(headersOf(compose({ to: '"a,b"@example.org' })).to).toBe('<"a,b"@example.org>')
  })
})

describe('quotedPrintable', () => {
  it('can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        const lines = text.replace(/\r/g, '\n')
        const coded = new TextDecoder().decode(quotedPrintable(lines))
        expect(decodeQuotedPrintable(coded)).toBe(lines.replaceAll('\n', '\r\n'))
        for (const line of coded.split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(76)
          expect(line).not.toMatch(/[ \t]$/)
        }
      }),
    )
  })

  it('keeps spaces at the ends of lines, in tabs and long runs', () => {
    const text = `a \nb\t\n${' '.repeat(200)}\n=\n`
    expect(decodeQuotedPrintable(new TextDecoder().decode(quotedPrintable(text)))).toBe(text.replaceAll('\n', '\r\n'))
  })
})
