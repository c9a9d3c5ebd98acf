import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONTACT_FIELDS, parseContact, type TypedContact, typeContact } from '../../src/domain/contact'
import { contactOfLine, isSameContact } from '../../src/domain/contact-import'
import { csvLine, readCsv } from '../../src/domain/csv'
import { MAX_EMAILS } from '../../src/domain/email-addresses'
import { readCells } from '../../src/domain/import-cells'
import { guessColumns } from '../../src/domain/import-columns'
import { BUILT_IN_LANGUAGES } from '../../src/domain/languages'
import { translator } from '../../src/i18n'
import { CONTACT_LABELS } from '../../src/web/contacts/contact-labels'

describe('columns', () => {
  it.each(BUILT_IN_LANGUAGES)('of an export are recognised in %s', (language) => {
    const t = translator(language)
    expect(guessColumns(CONTACT_FIELDS.map((field) => t(CONTACT_LABELS[field])))).toEqual([...CONTACT_FIELDS])
  })

  it.each<[string, string]>([
    [
      'Customer ID,Company,E-mail Address,Street 1,Street 2,ZIP,City,Country',
      'externalId name emails lines lines postcode town country',
    ],
    [
      'Raison sociale;Adresse e-mail;Rue;Code postal;Ville;Pays;N° TVA',
      'name emails lines postcode town country vatId',
    ],
    ['Nom;Prénom;Courriel;Téléphone', 'name name emails -'],
    [
      'Kundennr.;Firma;Vorname;Nachname;E-Mail-Adresse;Straße;PLZ;Ort;Land;USt-IdNr.',
      'externalId name - - emails lines postcode town country vatId',
    ],
    ['Vorname;Nachname;E-Mail', 'name name emails'],
    [
      'Ragione sociale;Indirizzo e-mail;Indirizzo;CAP;Città;Prov.;P. IVA',
      'name emails lines postcode town region vatId',
    ],
    [
      'Nombre;Apellidos;Correo electrónico;Dirección;Código postal;Población;NIF',
      'name name emails lines postcode town vatId',
    ],
    ['Name,Email,Email 2,Currency,Notes,Notes,Country,Country', 'name emails emails currency notes notes country -'],
    ['x,,constructor', '- - -'],
  ])('%s', (header, fields) => {
    const delimiter = header.includes(';') ? ';' : ','
    expect(guessColumns(header.split(delimiter)).map((field) => field || '-')).toEqual(fields.split(' '))
  })
})

describe('cells', () => {
  it('are joined where a field takes several, and understood as people write them', () => {
    const numbered = Array.from({ length: MAX_EMAILS }, (_, index) => `Email ${index + 1}`)
    expect(guessColumns(numbered)).toEqual(numbered.map(() => 'emails'))
    const columns = guessColumns([
      'First name',
      'Last name',
      'Email',
      'Email 2',
      'Street 1',
      'Street 2',
      'Country',
      'Language',
      'Currency',
      'Kind',
    ])
    const cells = [
      'Anna',
      "O'Neill",
      'a@x.example',
      'b@x.example',
      '1 Quay',
      '',
      'Deutschland',
      'Français',
      '€',
      'Particulier',
    ]
    expect(readCells(cells, columns)).toEqual({
      ...{ name: "Anna O'Neill", emails: 'a@x.example, b@x.example', lines: '1 Quay' },
      ...{ country: 'DE', language: 'fr', currency: 'EUR', kind: 'person' },
    })
  })

  it.each([
    ['Schweiz', 'CH'],
    ['suisse', 'CH'],
    ['U.K.', 'GB'],
    ['fr', 'FR'],
    ['España', 'ES'],
    ['Atlantis', 'Atlantis'],
  ])('country %s is %s', (text, code) => expect(readCells([text], ['country'])).toEqual({ country: code }))

  it('are ignored where they are empty, and lose the apostrophe that an export put before a formula', () => {
    expect(readCells(['  ', "'=1+1", "'tis"], ['name', 'notes', 'source'])).toEqual({ notes: '=1+1', source: "'tis" })
  })
})

const line = fc.string({ maxLength: 40 })
const typed = fc.record({
  kind: fc.constantFrom('person', 'company'),
  name: fc.oneof(line, fc.constantFrom('=1+1', '+x', "'@y", "'plain", '-')),
  emails: fc.constantFrom('', 'a@example.org', '-b@example.org, =c@example.org'),
  lines: fc.constantFrom('', '1 rue X', '=1\n+2\n"3"; x'),
  postcode: fc.constantFrom('', '01000', '+1'),
  town: line,
  region: fc.constantFrom('', 'Île'),
  country: fc.constantFrom('', 'FR', 'DE'),
  vatId: fc.constantFrom('', 'FR40303265045', 'CHE-123.456.789 MWST'),
  language: fc.constantFrom('', 'fr', 'pt-BR', 'zh-Hant-TW'),
  currency: fc.constantFrom('', 'EUR', 'KWD'),
  notes: fc.oneof(line, fc.constantFrom('a\n\n=b', '\t=x', "'\n=y")),
  externalId: fc.oneof(line, fc.constantFrom('-7', "'=7")),
  source: line,
}) satisfies fc.Arbitrary<TypedContact>

it('a contact that is exported and read again is the same contact', () => {
  fc.assert(
    fc.property(typed, fc.constantFrom(',', ';'), (fields, delimiter) => {
      const contact = parseContact(fields)
      if (!contact.ok) return
      const out = typeContact(contact.value)
      const text = csvLine(
        CONTACT_FIELDS.map((field) => out[field]),
        delimiter,
      )
      const read = readCsv(`${CONTACT_FIELDS.join(delimiter)}\n${text}`, delimiter)
      if (!read.ok) throw new Error(read.reason)
      const again = contactOfLine(readCells(read.value[1]?.cells ?? [], [...CONTACT_FIELDS]), undefined)
      if (!again.ok) throw new Error(JSON.stringify(again.problems))
      expect(typeContact(again.value)).toEqual(out)
      expect(isSameContact(again.value, contact.value)).toBe(true)
    }),
  )
})
