import { beforeAll, describe, expect, it } from 'vitest'
import { createDkimKeyPair, type DkimKey, importDkimKey, signMail } from '../../src/mail/dkim'
import { dns, strings } from '../support/dns'
import { outgoing } from '../support/providers'

let key: DkimKey
let publicKey: string

const PLACE = { domain: 'shop.example', selector: 'fct-one' }
const MAIL = outgoing({}, { sender: 'billing@shop.example' }).mime
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

beforeAll(async () => {
  const pair = await createDkimKeyPair()
  publicKey = pair.publicKey
  key = await importDkimKey(PLACE, Uint8Array.fromBase64(pair.privateKey))
  await dns.setZone({
    'fct-one._domainkey.shop.example': { txt: [strings(`v=DKIM1; k=rsa; p=${publicKey}`)] },
    '_dmarc.shop.example': { txt: [['v=DMARC1; p=reject; adkim=s']] },
  })
})

const PASSED = { domain: 'shop.example', selector: 'fct-one', result: 'pass' }

describe('a signed mail', () => {
  it('is verified by a receiver, and passes a strict DMARC policy', async () => {
    const verified = await dns.verify(await signMail(MAIL, key))
    expect(verified.dkim).toMatchObject([PASSED])
    expect(verified.dmarc).toBe('pass')
  })

  it('is the mail with one field in front, the same bytes at every attempt', async () => {
    const [first, second] = [await signMail(MAIL, key), await signMail(MAIL, key)]
    expect(first).toEqual(second)
    expect(textOf(first).endsWith(textOf(MAIL))).toBe(true)
    const field = textOf(first.subarray(0, first.length - MAIL.length))
    expect(field).toMatch(/^DKIM-Signature: v=1;\r\n a=rsa-sha256;/)
    expect(field).toContain('t=1795512600')
    expect(Math.max(...field.split('\r\n').map(({ length }) => length))).toBeLessThan(79)
  })

  it.each([
    ['another subject', (text: string) => text.replace(/Subject: [^\r]*/, 'Subject: Pay here')],
    ['a second From in front', (text: string) => `From: <evil@other.example>\r\n${text}`],
    ['a second Subject', (text: string) => text.replace('\r\nDate:', '\r\nSubject: Pay here\r\nDate:')],
    ['another body', (text: string) => text.replace('Bonjour', 'Bonsoir')],
    ['another unsubscribe link', (text: string) => text.replace('/d/abc/', '/d/abd/')],
  ])('fails with %s', async (_, change) => {
    const { dkim } = await dns.verify(change(textOf(await signMail(MAIL, key))))
    expect(dkim.map(({ result }) => result)).not.toContain('pass')
  })

  it.each([
    ['an empty body', 'From: a@shop.example\r\nSubject: x\r\n\r\n'],
    ['a body of empty lines', 'From: a@shop.example\r\n\r\n\r\n\r\n'],
    ['no line break at the end', 'From: a@shop.example\r\n\r\nlast line'],
    [
      'blanks everywhere',
      'From:  a@shop.example \r\nSubject: a\r\n\t folded  one \r\n\r\n \t\r\na  b\t \r\n  c \r\n \r\n\r\n',
    ],
    ['a body of UTF-8', 'From: a@shop.example\r\nTo: é@shop.example\r\n\r\nété – ½\r\n'],
  ])('is verified with %s', async (_, text) => {
    const { dkim } = await dns.verify(await signMail(new TextEncoder().encode(text), key))
    expect(dkim).toMatchObject([PASSED])
  })
})
