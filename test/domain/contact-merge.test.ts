import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contact } from '../../src/domain/contact'
import {
  contactOf,
  defaultChoices,
  MERGE_FIELDS,
  mergedContact,
  separatedContact,
  unitedEmails,
} from '../../src/domain/contact-merge'
import { addressKey } from '../../src/domain/email-addresses'

const maybe = (...texts: string[]) => fc.constantFrom('', ...texts)
const ADDRESSES = ['a@x.example', 'A@x.example', 'b@x.example', 'c@x.example', 'd@x.example']

const contact: fc.Arbitrary<Contact> = fc.record({
  kind: fc.constantFrom('person' as const, 'company' as const),
  name: fc.constantFrom('Anna', 'Anna Weber'),
  address: fc.record({
    lines: fc.array(fc.constantFrom('1 High Street', 'Flat 2'), { maxLength: 2 }),
    postcode: maybe('1010'),
    town: maybe('Vienna'),
    region: maybe(),
    country: maybe('AT', 'DE'),
  }),
  vatId: maybe('ATU1'),
  language: maybe('de', 'en'),
  currency: maybe('EUR'),
  emails: fc.uniqueArray(fc.constantFrom(...ADDRESSES), { maxLength: 3, selector: addressKey }),
  notes: maybe('a note'),
  externalId: maybe('cus_1', 'cus_2'),
  source: maybe('Stripe'),
})

const winner = fc.constantFrom('kept' as const, 'other' as const)
const winners = fc.record(Object.fromEntries(MERGE_FIELDS.map((field) => [field, winner]))) as fc.Arbitrary<
  ReturnType<typeof defaultChoices>['winners']
>

describe('merging two contacts', () => {
  it('by default keeps what the one that stays says, and fills what is empty', () =>
    fc.assert(
      fc.property(contact, contact, (kept, other) => {
        const merged = mergedContact(kept, other, defaultChoices(kept, other))
        if (!merged.ok) throw new Error(merged.reason)
        for (const field of ['name', 'vatId', 'language', 'currency', 'notes'] as const)
          expect(merged.value[field]).toBe(kept[field] || other[field])
        expect(merged.value.emails.slice(0, kept.emails.length)).toEqual(kept.emails)
        expect(merged.value.emails.length).toBeLessThanOrEqual(3)
      }),
    ))

  it('treats a country alone, which forms fill in automatically, as no address', () => {
    const nowhere = { lines: [], postcode: '', town: '', region: '', country: '' }
    const of = (address: Partial<Contact['address']>): Contact => ({
      ...{ kind: 'person', name: 'Anna', vatId: '', language: '', currency: '', emails: [], notes: '' },
      ...{ externalId: '', source: '', address: { ...nowhere, ...address } },
    })
    const winner = (kept: Contact, other: Contact) => defaultChoices(kept, other).winners.address
    expect(winner(of({ country: 'FR' }), of({ town: 'Lyon', country: 'FR' }))).toBe('other')
    expect(winner(of({ country: 'FR' }), of({}))).toBe('kept')
    expect(winner(of({}), of({ country: 'FR' }))).toBe('other')
    expect(winner(of({ town: 'Lyon' }), of({ town: 'Paris' }))).toBe('kept')
  })

  it('keeps no address that neither contact has, and never more than three', () =>
    fc.assert(
      fc.property(contact, contact, winners, fc.subarray(ADDRESSES), (kept, other, chosen, emails) => {
        const merged = mergedContact(kept, other, { winners: chosen, emails })
        if (!merged.ok) {
          expect(unitedEmails(kept, other).length).toBeGreaterThan(3)
          return
        }
        const known = new Set([...kept.emails, ...other.emails].map(addressKey))
        for (const email of merged.value.emails) expect(known).toContain(addressKey(email))
        expect(merged.value.emails.length).toBeLessThanOrEqual(3)
      }),
    ))

  it('is undone exactly where nothing was changed since', () =>
    fc.assert(
      fc.property(contact, contact, winners, (kept, other, chosen) => {
        const merged = mergedContact(kept, other, { winners: chosen, emails: kept.emails })
        if (!merged.ok) throw new Error(merged.reason)
        const record = { before: contactOf(kept), after: merged.value, archivedAt: null }
        expect(separatedContact(merged.value, record)).toEqual({ contact: contactOf(kept), changed: [] })
      }),
    ))

  it('twice into one contact, undone in any order, leaves it the addresses it had', () =>
    fc.assert(
      fc.property(contact, contact, contact, fc.boolean(), (kept, first, second, firstFirst) => {
        const all = (one: Contact, two: Contact) => ({ ...defaultChoices(one, two), emails: unitedEmails(one, two) })
        const once = mergedContact(kept, first, all(kept, first))
        const twice = once.ok ? mergedContact(once.value, second, all(once.value, second)) : once
        fc.pre(once.ok && twice.ok)
        if (!once.ok || !twice.ok) return
        const records = [
          { before: contactOf(kept), after: once.value, archivedAt: null },
          { before: once.value, after: twice.value, archivedAt: null },
        ]
        let now = twice.value
        for (const record of firstFirst ? records : records.toReversed()) now = separatedContact(now, record).contact
        expect(now.emails).toEqual(kept.emails)
      }),
    ))

  it('when undone keeps later changes, and lists the fields that could not be restored', () =>
    fc.assert(
      fc.property(contact, contact, winners, contact, (kept, other, chosen, later) => {
        const merged = mergedContact(kept, other, { winners: chosen, emails: kept.emails })
        if (!merged.ok) throw new Error(merged.reason)
        const after = merged.value
        const back = separatedContact({ ...after, notes: later.notes }, { before: kept, after, archivedAt: null })
        expect(back.contact).toEqual({
          ...contactOf(kept),
          notes: later.notes === after.notes ? kept.notes : later.notes,
        })
        const named = later.notes !== after.notes && kept.notes !== after.notes
        expect(back.changed).toEqual(named ? ['notes'] : [])
      }),
    ))
})
