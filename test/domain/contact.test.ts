import { describe, expect, it } from 'vitest'
import { CONTACT_FIELDS, parseContact, type TypedContact, typeContact } from '../../src/domain/contact'
import { COUNTRIES } from '../../src/domain/countries'
import { parseVatId } from '../../src/domain/vat-id'

const blank = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, ''])) as TypedContact
const typed = (over: Partial<TypedContact>): TypedContact => ({ ...blank, name: 'Atelier Dupré', ...over })
const problemsOf = (over: Partial<TypedContact>) => {
  const parsed = parseContact(typed(over))
  return parsed.ok ? {} : parsed.problems
}

describe('a contact', () => {
  it('needs no more than a name', () => {
    expect(parseContact(typed({}))).toMatchObject({ ok: true, value: { kind: 'company', name: 'Atelier Dupré' } })
    expect(problemsOf({ name: ' \u00a0\n' })).toEqual({ name: [{ ok: false, reason: 'name_missing' }] })
  })

  it('is cleaned field by field and comes back the same from its own form', () => {
    const parsed = parseContact(
      typed({
        kind: 'person',
        name: '  E\u0301le\u0301onore\r\nDupré ',
        emails: 'Eleonore@Example.org; comptes@example.org',
        lines: ' 3, rue des Lilas \r\n\r\n Bâtiment B',
        postcode: ' 75011',
        town: 'Paris',
        country: 'FR',
        vatId: 'fr 12 345678901',
        language: 'fr-fr',
        currency: 'EUR',
        notes: 'Prefers\r\ncalls.\0  \n\n',
      }),
    )
    const value = {
      kind: 'person',
      name: 'Éléonore Dupré',
      emails: ['Eleonore@example.org', 'comptes@example.org'],
      address: {
        lines: ['3, rue des Lilas', 'Bâtiment B'],
        postcode: '75011',
        town: 'Paris',
        region: '',
        country: 'FR',
      },
      vatId: 'FR12345678901',
      language: 'fr-FR',
      currency: 'EUR',
      notes: 'Prefers\ncalls.',
      externalId: '',
      source: '',
    } as const
    expect(parsed).toEqual({ ok: true, value })
    if (parsed.ok) expect(parseContact(typeContact(parsed.value))).toEqual(parsed)
  })

  it('names every field that is wrong, and every bad address', () => {
    expect(
      problemsOf({
        emails: 'anna, ben@example.org, carla@',
        lines: '1\n2\n3\n4',
        country: 'XX',
        currency: 'DEM',
        language: 'not a language',
        town: 'x'.repeat(101),
      }),
    ).toMatchObject({
      emails: [{ reason: 'email_no_at' }, { reason: 'email_empty_domain' }],
      lines: [{ reason: 'address_lines' }],
      country: [{ reason: 'country_unknown' }],
      currency: [{ reason: 'currency_unknown' }],
      language: [{ reason: 'language_unknown' }],
      town: [{ reason: 'text_too_long', details: { max: 100 } }],
    })
    expect(problemsOf({ country: 'FR', vatId: 'DE12' })).toEqual({
      vatId: [{ ok: false, reason: 'vat_id_format', details: { prefix: 'DE' } }],
    })
  })
})

describe('a VAT id', () => {
  it.each([
    ['DE 123 456 789', 'DE', 'DE123456789'],
    ['be 0123.456.789', 'BE', 'BE0123456789'],
    ['NL123456789B01', 'NL', 'NL123456789B01'],
    ['GR123456789', 'GR', 'EL123456789'],
    ['ATU12345678', '', 'ATU12345678'],
    ['XI123456789', 'GB', 'XI123456789'],
    ['GB 123 4567 89', 'GB', 'GB 123 4567 89'],
    ['CHE-123.456.789 MWST', 'CH', 'CHE-123.456.789 MWST'],
    ['ESP850101AB1', 'MX', 'ESP850101AB1'],
    ['', 'FR', ''],
    // Tax codes of people called Ferrari, Greco, Pellegrini, Grassi, and of one whose digits were replaced by letters.
    ['FRR MRC 80A01 F205 X', 'IT', 'FRRMRC80A01F205X'],
    ['grcgli75l41h501y', 'IT', 'GRCGLI75L41H501Y'],
    ['PLLNNA90E55L219K', '', 'PLLNNA90E55L219K'],
    ['GRSLCU62S20D612W', 'DE', 'GRSLCU62S20D612W'],
    ['PTTGNN8LA01H5LMZ', 'IT', 'PTTGNN8LA01H5LMZ'],
  ])('%s of %s becomes %s', (number, country, value) => {
    expect(parseVatId(number, country)).toEqual({ ok: true, value })
  })

  it.each([
    ['DE12345678', 'DE'],
    ['ATU1234567', 'AT'],
    ['FR123', ''],
    ['DE123456789X', 'FR'],
    ['FRRMRC80A01F205', 'IT'],
    ['FRRMRC80Z01F205X', 'IT'],
  ])('%s of %s is refused', (number, country) => {
    expect(parseVatId(number, country)).toMatchObject({ ok: false, reason: 'vat_id_format' })
  })
})

it('knows the 249 countries of ISO 3166-1', () => {
  expect(new Set(COUNTRIES).size).toBe(249)
})
