import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressHeader, fileHeaders, headersOf, textHeader } from '../../src/mail/header-lines'

/** Texts that are nearly plain: long ones, quotes, encoded words, blanks at the ends. */
const nearlyPlain = fc.stringMatching(/^[ -~]{0,90}é?$/)

test('a text is written as nodemailer writes it', () => {
  fc.assert(
    fc.property(fc.oneof(nearlyPlain, fc.constantFrom('=?utf-8?Q?x?=', '"x"', ' x ', 'x\t')), (text) => {
      expect(textHeader('Subject', text)).toBe(headersOf((node) => node.setHeader('Subject', text)))
    }),
  )
})

test('an address is written as nodemailer writes it', () => {
  const part = fc.stringMatching(/^[A-Za-z\d.+_'-]{1,20}$/)
  const address = fc.oneof(
    fc.tuple(part, part).map((parts) => parts.join('@')),
    fc.constantFrom('a@127.1', 'a@xn--bcher-kva.example', 'a@b.xn--p1ai', 'a@B.example', 'a@b', 'a..b@c.example'),
    fc.emailAddress(),
  )
  fc.assert(
    fc.property(address, fc.constantFrom('', 'Anna', 'Zoë'), (address, name) => {
      expect(addressHeader('To', { name, address })).toBe(headersOf((node) => node.setHeader('To', { name, address })))
    }),
  )
})

test('a file is described as nodemailer describes it', () => {
  const name = fc.oneof(
    fc.stringMatching(/^[\w.-]{1,70}$/),
    fc.constantFrom('Größe.pdf', 'a b.pdf', '-x.pdf', '%41.pdf'),
  )
  fc.assert(
    fc.property(name, (filename) => {
      expect(fileHeaders('application/pdf', filename)).toBe(
        headersOf((node) => node.setHeader('Content-Transfer-Encoding', 'base64'), 'application/pdf', filename),
      )
    }),
  )
})
