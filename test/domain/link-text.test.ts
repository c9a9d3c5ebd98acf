import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdsLink, holdsLinkOrHost, withoutLinks } from '../../src/domain/link-text'
import { findLinks } from '../../src/mail/find-links'

describe('a value without links', () => {
  it.each([
    ['evil.example', 'evil. example'],
    ['https://evil.example/x.y', 'https: evil. example/x. y'],
    ['ｅｖｉｌ．ｃｏｍ', 'evil. com'],
    ['evil。com', 'evil。 com'],
    ['evil\u200b.\u00adcom', 'evil. com'],
    ['evil․com', 'evil. com'],
    ['銀行。com', '銀行。 com'],
    ['192.0.2.1/login', '192. 0. 2. 1/login'],
    ['１９２．０．２．１', '192. 0. 2. 1'],
    ['192。0。2。1', '192。 0。 2。 1'],
    ['mailto:a@evil.example', 'mailto: a@evil. example'],
    ['Booking.com B.V.', 'Booking. com B.V.'],
    ['Müller GmbH & Co.KG', 'Müller GmbH & Co. KG'],
  ])('%j', (text, shown) => expect(withoutLinks(text)).toBe(shown))

  it.each([
    'S.A.R.L. Dupré',
    'ＡＢＣ 株式会社',
    'ご利用ください。御社',
    'Version 1.2.3',
    '550 5.1.1 No such user',
    'Größe ½',
  ])('leaves %s as it is', (text) => expect(withoutLinks(text)).toBe(text))

  it('holds none that is looked for in texts, whatever it was', () => {
    const bit = fc.oneof(
      fc.constantFrom(
        'evil',
        'com',
        '.',
        '．',
        '。',
        '｡',
        '․',
        ':',
        '//',
        '/',
        '@',
        ' ',
        '\u200b',
        '\u00ad',
        '127',
        '0',
        '1',
      ),
      fc.constantFrom('mailto:', 'tel:', 'http', 'ⓔ', '本', '[', ')', '*', '…'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 20 }), (bits) => {
        const shown = withoutLinks(bits.join(''))
        expect(withoutLinks(shown)).toBe(shown)
        expect(findLinks(shown.replace(/[{%&\\*_~`]/g, ' '))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('does not take long', () => {
    for (const text of ['a'.repeat(9_999), 'a.'.repeat(4_999), '1.'.repeat(4_999), 'a。'.repeat(4_999)])
      withoutLinks(text)
  })
})

describe('a name', () => {
  it.each([
    'http://x',
    'https://evil.example',
    'WWW.evil',
    'eve@evil.example',
    '192.0.2.1',
    'evil.com/login',
    'ｗｗｗ．evil',
  ])('is no link: %s', (name) => expect(holdsLink(name)).toBe(true))

  it.each([
    'evil.com',
    'Pay at evil.example now',
    'evil。com',
    'ｅｖｉｌ．ｃｏｍ',
    'bank.de',
    'shop.co.uk',
    'evil\u200b.com',
  ])('is no host: %s', (name) => expect([holdsLink(name), holdsLinkOrHost(name)]).toEqual([false, true]))

  it.each([
    ...[
      'S.A.R.L. Dupré',
      'Müller GmbH & Co.KG',
      'Dr.Meier',
      'J.Smith',
      'Acme Inc.',
      'S.p.A.',
      'St.Gallen Tours',
      'M.Sc. Anna',
    ],
    ...['ご利用ください。御社', 'A & B', 'Nr.1', '24/7 Service', 'd.o.o.', 'Sp. z o.o.'],
  ])('may be %s', (name) => expect(holdsLinkOrHost(name)).toBe(false))
})
