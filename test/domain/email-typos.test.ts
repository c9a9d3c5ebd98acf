import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEmailAddress } from '../../src/domain/email-addresses'
import { likelyAddress } from '../../src/domain/email-typos'

describe('a likely typo', () => {
  it.each([
    ['anna@gmial.com', 'anna@gmail.com'],
    ['anna@gmai.com', 'anna@gmail.com'],
    ['anna@gmaill.com', 'anna@gmail.com'],
    ['anna@gmail.con', 'anna@gmail.com'],
    ['anna@gmail.co', 'anna@gmail.com'],
    ['Anna.B@hotmial.fr', 'Anna.B@hotmail.fr'],
    ['anna@hotmail.rf', 'anna@hotmail.fr'],
    ['anna@gmial.con', 'anna@gmail.com'],
    ['anna@shop.example.con', 'anna@shop.example.com'],
    ['anna@krueger-shop.con', 'anna@krueger-shop.com'],
    ['anna@orrange.fr', 'anna@orange.fr'],
    ['anna@lapsote.net', 'anna@laposte.net'],
    ['anna@t-onlin.de', 'anna@t-online.de'],
    ['anna@yaho.co.uk', 'anna@yahoo.co.uk'],
    ['anna@liberro.it', 'anna@libero.it'],
    ['anna@web.dee', 'anna@web.de'],
  ])('%s is probably %s', (typed, meant) => expect(likelyAddress(typed)).toBe(meant))
})

describe('no typo is suspected in', () => {
  it.each([
    'anna@gmail.com',
    'anna@email.com',
    'anna@ymail.com',
    'anna@mail.com',
    'anna@hotmail.be',
    'anna@gmx.at',
    'anna@web.de',
    'anna@free.fr',
    'anna@me.com',
    'anna@libera.it',
    'anna@atelier-dupre.fr',
    'anna@example.co',
    'anna@constructor.com',
    'anna@live.co.uk',
  ])('%s', (address) => expect(likelyAddress(address)).toBeUndefined())
})

it('a suggestion is an address, keeps the name before the @, and has no suggestion of its own', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z]$/)
  const near = fc.constantFrom('gmial', 'gmail', 'hotmal', 'yahoo', 'outlok', 'webb', 'orang', 'libero', 'constructor')
  const ending = fc.constantFrom('com', 'con', 'fr', 'rf', 'co.uk', 'de', 'toString', 'net', 'nte')
  fc.assert(
    fc.property(fc.oneof(label, near), ending, (name, end) => {
      const typed = `Anna.B+x@${name}.${end.toLowerCase()}`
      const likely = likelyAddress(typed)
      if (likely === undefined) return
      expect(parseEmailAddress(likely)).toEqual({ ok: true, value: likely })
      expect(likely.startsWith('Anna.B+x@')).toBe(true)
      expect(likelyAddress(likely)).toBeUndefined()
    }),
  )
})
