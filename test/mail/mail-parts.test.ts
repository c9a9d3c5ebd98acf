import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeFileName } from '../../src/domain/file-name'
import { displayNameText, headerText } from '../../src/domain/header-text'
import { composeMime, type Envelope } from '../../src/mail/compose'
import { MalformedMailError, splitMail } from '../../src/mail/mail-parts'

const envelope: Envelope = {
  id: 'dlv_01kb0',
  date: Date.UTC(2026, 10, 24, 9, 30),
  domain: 'mail.facteur.test',
  to: 'anna@example.org',
  company: 'Atelier Dupont',
  replyTo: 'bonjour@atelier.example',
  unsubscribeLink: `https://facteur.example.org/d/${'a'.repeat(90)}/unsubscription`,
}

const text = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom('=3D%41\r\n--=_x', ' \n \n', '.\n..\n'),
  )
  .map((raw) => raw.toWellFormed())
const bytes = fc.uint8Array({ maxLength: 400 })
const files = fc.array(fc.record({ filename: fc.string({ unit: 'grapheme', maxLength: 90 }), content: bytes }), {
  maxLength: 3,
})

describe('splitMail', () => {
  it('gives back every body, subject, name and file that was composed', () => {
    fc.assert(
      fc.property(text, text, text, text, files, bytes, (html, plain, subject, company, files, logo) => {
        const attachments = files.map((file) => ({ ...file, contentType: 'application/pdf' }))
        const images = [{ cid: 'logo@x', contentType: 'image/png', content: logo }]
        const mime = composeMime(
          { language: 'de', subject, html, text: plain },
          { ...envelope, company },
          attachments,
          images,
        )
        const parts = splitMail(mime)
        expect(parts.html).toBe(html)
        expect(parts.text).toBe(plain)
        expect(parts.subject).toBe(headerText(subject))
        const name = displayNameText([...displayNameText(company)].slice(0, 60).join(''))
        expect(parts.from).toEqual({ name: `${name} via Facteur`.trim(), address: 'notifications@mail.facteur.test' })
        expect(parts.attachments.map(({ filename }) => filename)).toEqual(
          files.map(({ filename }) => safeFileName(filename)),
        )
        expect(parts.attachments.map(({ base64 }) => [...Uint8Array.fromBase64(base64)])).toEqual(
          files.map(({ content }) => [...content]),
        )
        expect(parts.images).toEqual([
          { cid: 'logo@x', contentType: 'image/png', filename: 'logo.png', base64: logo.toBase64() },
        ])
      }),
      { numRuns: 300 },
    )
  })

  it('passes on the headers of a mail that no field of an API carries', () => {
    const { headers, to, replyTo } = splitMail(
      composeMime({ language: 'de', subject: 'x', html: 'x', text: 'x' }, envelope, []),
    )
    expect({ to, replyTo }).toEqual({ to: 'anna@example.org', replyTo: 'bonjour@atelier.example' })
    expect(Object.fromEntries(headers.map(({ name, value }) => [name, value]))).toEqual({
      Date: 'Tue, 24 Nov 2026 09:30:00 +0000',
      'Message-ID': '<dlv_01kb0@mail.facteur.test>',
      'Auto-Submitted': 'auto-generated',
      'Content-Language': 'de',
      'X-Facteur-Delivery': 'dlv_01kb0',
      'List-Unsubscribe': `<${envelope.unsubscribeLink}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
  })

  it('gives an address as the header names it', () => {
    const mime = composeMime(
      { language: 'de', subject: 'x', html: 'x', text: 'x' },
      { ...envelope, to: 'anna@münchen.example' },
      [],
    )
    expect(splitMail(mime).to).toBe('anna@xn--mnchen-3ya.example')
  })

  it('refuses what is no mail of ours', () => {
    const of = (mime: string) => () => splitMail(new TextEncoder().encode(mime))
    expect(of('')).toThrow(MalformedMailError)
    expect(of('From: a@b.c\r\n\r\nx')).toThrow(MalformedMailError)
    expect(of('From: a@b.c\r\nTo: a@b.c\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\nx')).toThrow(
      MalformedMailError,
    )
  })
})
