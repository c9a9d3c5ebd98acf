import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addressKey,
  type EmailProblem,
  formatEmailAddresses,
  MAX_EMAILS,
  parseEmailAddress,
  parseEmailAddresses,
} from '../../src/domain/email-addresses'

const parsed = (field: string) => {
  const { addresses, problems } = parseEmailAddresses(field)
  return [addresses, problems.map(({ reason, details }) => `${details?.text}: ${reason}`)]
}

describe('a field of addresses', () => {
  it('accepts three, separated by commas, semicolons or line breaks', () => {
    expect(parsed('anna@example.org, ben@example.com,\n carla@example.net;')).toEqual([
      ['anna@example.org', 'ben@example.com', 'carla@example.net'],
      [],
    ])
  })

  it('is empty without a problem when nothing is typed', () => {
    expect(parsed(' , ;\r\n')).toEqual([[], []])
  })

  it('drops what is there twice, whatever its case, and keeps the first as it was typed', () => {
    expect(parsed('Anna@Example.org, anna@example.ORG')).toEqual([['Anna@example.org'], []])
  })

  it('names a fourth address, and counts without duplicates', () => {
    expect(parsed('a@x.org, b@x.org, A@x.org, c@x.org, d@x.org')).toEqual([
      ['a@x.org', 'b@x.org', 'c@x.org'],
      ['d@x.org: email_too_many'],
    ])
  })

  it('names each bad address and keeps the good ones', () => {
    expect(parsed('anna, ben@example.com, carla@')).toEqual([
      ['ben@example.com'],
      ['anna: email_no_at', 'carla@: email_empty_domain'],
    ])
  })

  it('lets no line break carry a header', () => {
    expect(parsed('anna@example.org\r\nBcc: eve@example.org')).toEqual([
      ['anna@example.org'],
      ['Bcc: eve@example.org: email_space'],
    ])
  })

  it('keeps a comma that belongs to a quoted name', () => {
    expect(parsed('"Dupré, Anna" <anna@example.org>, Ben <ben@example.org>')).toEqual([
      ['anna@example.org', 'ben@example.org'],
      [],
    ])
  })

  it('refuses a field that is no list of addresses at all', () => {
    expect(parseEmailAddresses('a@x.org,'.repeat(1000)).problems).toHaveLength(1)
  })
})

describe('one address', () => {
  it.each([
    ['  anna@example.org\u00a0', 'anna@example.org'],
    ['\ufeffan\u200bna\u00ad@exam\u2060ple.org\u202c', 'anna@example.org'],
    ['\u202aanna@example.org\u200e', 'anna@example.org'],
    ['anna @ example.org', 'anna@example.org'],
    ['\tanna@example.org\u0000', 'anna@example.org'],
    ['<anna@example.org>', 'anna@example.org'],
    ['Anna Dupré <anna@example.org>', 'anna@example.org'],
    ['Anna < mailto:anna@example.org >', 'anna@example.org'],
    ['mailto:anna%2Bpost@example.org?subject=Hi', 'anna+post@example.org'],
    ['Anna.Dupré <Anna.D+bills@EXAMPLE.Org>', 'Anna.D+bills@example.org'],
    ['anna@Bücher.example', 'anna@xn--bcher-kva.example'],
    ['anna@例え。テスト', 'anna@xn--r8jz45g.xn--zckzah'],
    ['anna@παράδειγμα.ελ', 'anna@xn--hxajbheg2az3al.xn--qxam'],
    ["o'neil@example.org", "o'neil@example.org"],
    [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
    ['delivered+7@simulator.test', 'delivered+7@simulator.test'],
  ])('%j becomes %s', (typed, address) => {
    expect(parseEmailAddress(typed)).toEqual({ ok: true, value: address })
  })

  it.each<[string, EmailProblem]>([
    ['anna', 'email_no_at'],
    ['', 'email_no_at'],
    ['anna@ben@example.org', 'email_several_at'],
    ['anna dupre@example.org', 'email_space'],
    ['anna@example.org ben@example.org', 'email_space'],
    ['@example.org', 'email_empty_local'],
    ['anna@', 'email_empty_domain'],
    ['.anna@example.org', 'email_local_dots'],
    ['anna.@example.org', 'email_local_dots'],
    ['an..na@example.org', 'email_local_dots'],
    ['änna@example.org', 'email_local_not_ascii'],
    ['anna(home)@example.org', 'email_character'],
    ['"anna"@example.org', 'email_character'],
    [`${'a'.repeat(65)}@example.org`, 'email_local_too_long'],
    [`anna@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`, 'email_too_long'],
    ['anna@localhost', 'email_domain_no_dot'],
    ['anna@example.org.', 'email_domain_dots'],
    ['anna@.example.org', 'email_domain_dots'],
    ['anna@example..org', 'email_domain_dots'],
    ['anna@[192.0.2.1]', 'email_domain_address'],
    ['anna@192.0.2.1', 'email_domain_address'],
    ['anna@0x7f.1', 'email_domain_address'],
    ['anna@-example.org', 'email_domain_invalid'],
    ['anna@exa_mple.org', 'email_domain_invalid'],
    ['anna@example.org/path', 'email_domain_invalid'],
    ['anna@example.org:25', 'email_domain_invalid'],
    ['anna@exam%70le.org', 'email_domain_invalid'],
    ['anna@example.o', 'email_domain_invalid'],
    [`anna@${'a'.repeat(64)}.org`, 'email_domain_invalid'],
    ['<>', 'email_no_at'],
    ['mailto:anna%0D%0ABcc:eve@example.org', 'email_space'],
  ])('%j is refused: %s', (typed, reason) => {
    expect(parseEmailAddress(typed)).toMatchObject({ ok: false, reason })
  })

  it('names the character that is not allowed', () => {
    expect(parseEmailAddress('an(na@example.org')).toMatchObject({ details: { character: '(' } })
  })
})

/** Text made of characters and parts that occur in addresses and attacks. */
const messy = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '@',
        '.',
        ',',
        ';',
        '\r',
        '\n',
        '\0',
        ' ',
        '<',
        '>',
        '"',
        'mailto:',
        '%0a',
        '\u200b',
        '\u202e',
        '\u2028',
      ),
      fc.constantFrom('anna', 'Ben', 'example.org', 'Bücher', '例え', 'a@b.org', '-', 'xn--', '1', 'é'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

describe('whatever is typed', () => {
  it('comes out as ASCII without controls, spaces or separators, or not at all', () => {
    fc.assert(
      fc.property(messy, (field) => {
        for (const address of parseEmailAddresses(field).addresses) {
          expect(address).toMatch(/^[\x21-\x7e]+@[a-z0-9.-]+$/)
          expect(address).not.toMatch(/[,;<>"\s]/)
          expect(address.length).toBeLessThanOrEqual(254)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is stable: what the field shows of stored addresses gives them again', () => {
    fc.assert(
      fc.property(messy, (field) => {
        const { addresses } = parseEmailAddresses(field)
        expect(parseEmailAddresses(formatEmailAddresses(addresses))).toEqual({ addresses, problems: [] })
        expect(addresses.length).toBeLessThanOrEqual(MAX_EMAILS)
        expect(new Set(addresses.map(addressKey)).size).toBe(addresses.length)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps every plain address', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const expected = address.replace(/@.*/, (domain) => domain.toLowerCase())
        fc.pre(expected.length <= 254)
        expect(parseEmailAddress(address)).toEqual({ ok: true, value: expected })
      }),
    )
  })
})
