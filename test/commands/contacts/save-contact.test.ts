import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { archiveContact } from '../../../src/commands/contacts/archive-contact'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { saveContact } from '../../../src/commands/contacts/save-contact'
import { findContact } from '../../../src/db/contacts'
import { CONTACT_FIELDS, type Contact, parseContact, type TypedContact } from '../../../src/domain/contact'
import type { Env } from '../../../src/env'
import { wire } from '../../../src/wire'
import { freshStorage } from '../../support/database'

const wired = wire(env as unknown as Env)
if ('wrong' in wired) throw new Error(wired.wrong.join())
const { deps } = wired

function contact(over: Partial<TypedContact>): Contact {
  const blank = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, ''])) as TypedContact
  const parsed = parseContact({ ...blank, ...over })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}

const anna = contact({ name: 'Anna', emails: 'anna@example.org' })
const accountId = 'acc_a'
const nameOf = async (id: string) => (await findContact(deps.db, accountId, id))?.name

beforeAll(freshStorage)

describe('saving a contact', () => {
  it('creates one contact from a form sent twice', async () => {
    const id = deps.newId('con')
    await createContact(deps, { accountId, id, contact: anna })
    await createContact(deps, { accountId, id, contact: contact({ name: 'Ben' }) })
    expect(await nameOf(id)).toBe('Anna')
  })

  it('returns the stored contact to a stale form, and changes nothing', async () => {
    const id = await createContact(deps, { accountId, id: deps.newId('con'), contact: anna })
    const saves = await Promise.all(
      ['Anne', 'Hannah'].map((name) => saveContact(deps, { accountId, id, version: 1, contact: contact({ name }) })),
    )
    const name = await nameOf(id)
    expect(saves.filter(({ ok }) => ok)).toHaveLength(1)
    expect(saves.find(({ ok }) => !ok)).toMatchObject({ reason: 'stale', current: { name, version: 2 } })
  })

  it('accepts the same values sent twice', async () => {
    const id = await createContact(deps, { accountId, id: deps.newId('con'), contact: anna })
    const save = { accountId, id, version: 1, contact: contact({ name: 'Anne' }) }
    expect([await saveContact(deps, save), await saveContact(deps, save)]).toEqual([{ ok: true }, { ok: true }])
  })

  it('does not find contacts of another account', async () => {
    const id = await createContact(deps, { accountId, id: deps.newId('con'), contact: anna })
    const save = { accountId: 'acc_b', id, version: 1, contact: contact({ name: 'Eve' }) }
    expect(await saveContact(deps, save)).toEqual({ ok: false, reason: 'not_found' })
    expect(await archiveContact(deps, { accountId: 'acc_b', id, archived: true })).toMatchObject({
      reason: 'not_found',
    })
    expect(await findContact(deps.db, accountId, id)).toMatchObject({ name: 'Anna', archivedAt: null })
  })

  it('renames its drafts and leaves final documents unchanged', async () => {
    const id = await createContact(deps, { accountId, id: deps.newId('con'), contact: anna })
    await env.DB.batch(
      ['draft', 'final'].map((status) =>
        env.DB.prepare(
          `INSERT INTO documents (account_id, id, kind, status, version, contact_id, contact_name, contact_key, issue_date, due_date,
             currency, total, created_at, created_by, updated_at, content)
           VALUES (?1, 'doc_' || ?2, 'invoice', ?2, 1, ?3, 'Anna', 'anna', '', '', 'EUR', 0, 0, '', 0, '{}')`,
        ).bind(accountId, status, id),
      ),
    )
    await saveContact(deps, { accountId, id, version: 1, contact: contact({ name: 'Ånne' }) })
    const rows = await env.DB.prepare('SELECT contact_name, contact_key FROM documents ORDER BY id').raw()
    expect(rows).toEqual([
      ['Ånne', 'anne'],
      ['Anna', 'anna'],
    ])
  })
})

describe('archiving a contact', () => {
  it('can be undone, and done twice', async () => {
    const id = await createContact(deps, { accountId, id: deps.newId('con'), contact: anna })
    const archivedAt = async (archived: boolean) => {
      expect(await archiveContact(deps, { accountId, id, archived })).toMatchObject({ ok: true })
      return (await findContact(deps.db, accountId, id))?.archivedAt
    }
    const first = await archivedAt(true)
    expect(first).toBeGreaterThan(0)
    expect(await archivedAt(true)).toBe(first)
    expect(await archivedAt(false)).toBeNull()
    expect(await archivedAt(false)).toBeNull()
  })
})
