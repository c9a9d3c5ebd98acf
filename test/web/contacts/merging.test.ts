import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { forgetContact } from '../../../src/commands/contacts/forget-contact'
import { saveContact } from '../../../src/commands/contacts/save-contact'
import { createDraft } from '../../../src/commands/documents/create-draft'
import { finaliseDocument } from '../../../src/commands/documents/finalise-document'
import { findContact } from '../../../src/db/contacts'
import type { Contact } from '../../../src/domain/contact'
import { routes } from '../../../src/routes'
import { contactOf } from '../../support/accounts'
import { formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { contentOf } from '../../support/documents'
import { charge, connected, customer, nowSeconds, postEvent, settle } from '../../support/stripe'

const NAME = 'Anna Weber'
const STRIPE_ADDRESS = 'anna@weber.example'
const ALL = [STRIPE_ADDRESS, 'buchhaltung@weber.example', 'chef@weber.example']

let merchant: Merchant
/** The contact that Stripe created, with documents; and the one that the merchant typed, with all addresses. */
let old: string
let typed: string
let issued: string
let draft: string

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp()
  old = await contact({ name: NAME, emails: [STRIPE_ADDRESS], externalId: 'cus_7', source: 'Stripe', vatId: '' })
  typed = await contact({ name: NAME, emails: ALL, notes: 'Pays late' })
  issued = await document(old)
  draft = await document(old)
  const by = { accountId: merchant.accountId, actor: merchant.userId }
  expect(await finaliseDocument(testDeps(), { ...by, documentId: issued, version: 1 })).toMatchObject({ ok: true })
})

async function contact(change: Partial<Contact>): Promise<string> {
  const id = testDeps().newId('con')
  return createContact(testDeps(), { accountId: merchant.accountId, id, contact: contactOf(change) })
}

async function document(contactId: string): Promise<string> {
  const deps = testDeps()
  const documentId = deps.newId('doc')
  const key = { accountId: merchant.accountId, documentId, contactId, actor: merchant.userId }
  expect(await createDraft(deps, { ...key, kind: 'invoice', content: contentOf() })).toMatchObject({ ok: true })
  return documentId
}

const stored = async (id: string) => {
  const found = await findContact(testDeps().db, merchant.accountId, id)
  if (!found) throw new Error(`no contact ${id}`)
  return found
}

const documentsOf = async (contactId: string) =>
  (
    await rows<{ id: string }>(
      'SELECT id FROM documents WHERE account_id = ? AND contact_id = ? ORDER BY id',
      merchant.accountId,
      contactId,
    )
  ).map(({ id }) => id)

const preview = (kept: string, other: string) => `${routes.contactMerging(kept)}?with=${other}`

const merge = (kept: string, other: string, change: Record<string, string> = {}) =>
  merchant.fillIn(preview(kept, other), change, routes.contactMerging(kept))

async function change(id: string, fields: Partial<Contact>): Promise<void> {
  const { version, ...now } = await stored(id)
  const saved = { accountId: merchant.accountId, id, version, contact: { ...now, ...fields } }
  expect(await saveContact(testDeps(), saved)).toEqual({ ok: true })
}

describe('choosing the other contact', () => {
  it('suggests those that are probably the same customer first, and finds any other without scripts', async () => {
    const alike = await contact({ name: 'A. Weber', emails: [STRIPE_ADDRESS.toUpperCase()] })
    await contact({ name: 'Bruno Stranger', emails: ['bruno@stranger.example'] })
    const page = await textOf(await merchant.get(routes.contactMerging(old)))
    expect(page).toContain('Possible duplicates')
    expect(page).toMatch(/A\. Weber .*Same e-mail address/)
    expect(page).not.toContain('Bruno')
    const found = await (await merchant.get(`${routes.contactMerging(old)}?q=bru`)).text()
    expect(found).toContain('Bruno Stranger')
    expect(await textOf(await merchant.get(routes.contact(alike)))).toContain('Possible duplicates')
  })

  it('suggests by VAT number, and by id elsewhere of the same source', async () => {
    await change(old, { vatId: 'DE123456788' })
    await contact({ name: 'One', emails: [], vatId: 'DE123456788' })
    await contact({ name: 'Two', emails: [], externalId: 'cus_7', source: 'Stripe' })
    await contact({ name: 'Three', emails: [], externalId: 'cus_7', source: 'Shop' })
    const page = await textOf(await merchant.get(routes.contact(old)))
    expect(page).toMatch(/One .*Same VAT number/)
    expect(page).toMatch(/Two .*Same external ID/)
    expect(page).not.toContain('Three')
  })

  it('is not offered to viewers', async () => {
    const viewer = await signUp({ accountId: merchant.accountId, role: 'viewer' })
    const page = await textOf(await viewer.get(routes.contact(old)))
    expect(page).not.toContain('Possible duplicates')
    expect(page).not.toContain('Merge')
    expect((await viewer.get(routes.contactMerging(old))).status).toBe(403)
  })

  it('refuses itself and a forgotten contact, and finds none of another account', async () => {
    expect((await merchant.get(preview(old, old))).status).toBe(409)
    await forgetContact(testDeps(), { accountId: merchant.accountId, actor: '', id: typed })
    expect(await textOf(await merchant.get(preview(old, typed)))).toContain(
      'merged or archived in the meantime, or its data was erased',
    )
    expect((await merchant.get(preview(old, 'con_unknown'))).status).toBe(404)
    expect((await merchant.get(routes.contactMerging(typed))).status).toBe(303)
  })
})

describe('the preview', () => {
  it('shows which documents move and which values stay, and changes nothing', async () => {
    const page = await merchant.get(preview(typed, old))
    const fields = await formFields(page.clone(), routes.contactMerging(typed))
    expect(fields).toMatchObject({ 'winner.origin': 'other', 'winner.notes': 'kept', 'email.2': ALL[2] })
    const text = await textOf(page)
    expect(text).toContain('2 documents, with their history')
    expect(text).toContain('1 of them is a draft')
    expect(text).toContain('Issued documents keep the customer printed on them.')
    expect(await documentsOf(old)).toHaveLength(2)
  })

  it('asks which addresses stay where there are more than three', async () => {
    const other = await contact({ name: NAME, emails: ['x@weber.example'] })
    const refused = await merge(typed, other, { 'email.3': 'x@weber.example' })
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('A contact can have at most 3 addresses. Choose fewer.')
    expect((await stored(other)).mergedInto).toBeNull()
  })
})

describe('merging', () => {
  it('unites addresses, fills empty fields, moves documents and drafts, and links to the merged contact', async () => {
    const done = await merge(typed, old)
    expect(await textOf(await merchant.follow(done))).toContain('The contacts are merged.')
    expect(await stored(typed)).toMatchObject({ emails: ALL, externalId: 'cus_7', notes: 'Pays late' })
    expect(await documentsOf(typed)).toEqual([issued, draft].sort())
    expect(await rows('SELECT 1 FROM chores')).toEqual([])
    const gone = await textOf(await merchant.get(routes.contact(old)))
    expect(gone).toContain('This contact was merged into Anna Weber')
    expect(gone).toContain('Undo the merge')
    expect(gone).not.toContain('Edit contact')
    expect((await merchant.get(routes.contactEdit(old))).status).toBe(303)
    expect(await rows("SELECT action, subject FROM audit WHERE action = 'contact_merged'")).toEqual([
      { action: 'contact_merged', subject: `${old} → ${typed}` },
    ])
  })

  it('leaves the printed buyer on issued documents, whose next send goes to the merged addresses', async () => {
    await change(typed, { name: 'Weber KG' })
    await merge(typed, old)
    const { snapshot, contact_name } = await row<{ snapshot: string; contact_name: string }>(
      'SELECT paper AS snapshot, contact_name FROM documents WHERE id = ?',
      issued,
    )
    expect(JSON.parse(snapshot).buyer.name).toBe(NAME)
    expect(contact_name).toBe(NAME)
    expect((await row<{ name: string }>('SELECT contact_name AS name FROM documents WHERE id = ?', draft)).name).toBe(
      'Weber KG',
    )
    const page = await (await merchant.get(routes.newSend(issued))).text()
    for (const address of ALL) expect(page).toContain(address)
  })

  it('takes the value that the person chose', async () => {
    await change(old, { name: 'Weber Anna' })
    await merge(typed, old, { 'winner.name': 'other' })
    expect(await stored(typed)).toMatchObject({ name: 'Weber Anna' })
  })

  it('happens once when the form is sent twice', async () => {
    const form = await formFields(await merchant.get(preview(typed, old)), routes.contactMerging(typed))
    const both = await Promise.all([1, 2].map(() => merchant.post(routes.contactMerging(typed), form)))
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(await rows("SELECT 1 FROM audit WHERE action = 'contact_merged'")).toHaveLength(1)
    expect(await stored(typed)).toMatchObject({ version: 2 })
  })

  it('shows the page again when one of the two was changed meanwhile', async () => {
    const form = await formFields(await merchant.get(preview(typed, old)), routes.contactMerging(typed))
    await change(old, { notes: 'Changed meanwhile' })
    const stale = await merchant.post(routes.contactMerging(typed), form)
    expect(stale.status).toBe(409)
    expect(await textOf(stale)).toContain('Changed meanwhile')
    expect(await documentsOf(typed)).toEqual([])
  })

  it('leaves one contact when each is merged into the other at once', async () => {
    const there = await formFields(await merchant.get(preview(typed, old)), routes.contactMerging(typed))
    const back = await formFields(await merchant.get(preview(old, typed)), routes.contactMerging(old))
    await Promise.all([
      merchant.post(routes.contactMerging(typed), there),
      merchant.post(routes.contactMerging(old), back),
    ])
    const [one, other] = [await stored(typed), await stored(old)]
    expect([one.mergedInto, other.mergedInto].filter((into) => into === null)).toHaveLength(1)
  })

  it('gives a draft from an old form to the contact that stayed', async () => {
    await merge(typed, old)
    const late = await document(old)
    expect(await documentsOf(typed)).toContain(late)
    await merchant.post(routes.contactRestoration(old))
    expect(await stored(old)).toMatchObject({ mergedInto: typed, archivedAt: expect.any(Number) })
  })

  it('sends to the merged contact while documents are still to be moved', async () => {
    await merge(typed, old)
    await env.DB.prepare('UPDATE documents SET contact_id = ? WHERE id = ?').bind(old, issued).run()
    const page = await (await merchant.get(routes.newSend(issued))).text()
    for (const address of ALL) expect(page).toContain(address)
  })
})

describe('undoing a merge', () => {
  const undo = (id: string) => merchant.post(routes.contactSeparation(id))

  it('gives back fields and documents', async () => {
    const before = [await stored(typed), await stored(old)]
    const own = await document(typed)
    await merge(typed, old)
    expect(await textOf(await merchant.follow(await undo(old)))).toContain('The merge is undone')
    for (const was of before) {
      const { version, updatedAt, ...rest } = was
      expect(await stored(was.id)).toMatchObject(rest)
    }
    expect(await documentsOf(old)).toEqual([issued, draft].sort())
    expect(await documentsOf(typed)).toEqual([own])
    expect(await rows('SELECT 1 FROM documents WHERE merged_from IS NOT NULL')).toEqual([])
    expect(await rows('SELECT 1 FROM chores')).toEqual([])
    const keys = await rows('SELECT address_key FROM contact_emails WHERE contact_id = ?', old)
    expect(keys).toEqual([{ address_key: STRIPE_ADDRESS }])
    expect(await rows("SELECT 1 FROM audit WHERE action = 'contact_separated'")).toHaveLength(1)
  })

  it('does not restore fields that were changed since, and says so', async () => {
    await merge(typed, old)
    await change(typed, { emails: ['only@weber.example'], externalId: 'mine' })
    const page = await textOf(await merchant.follow(await undo(old)))
    expect(page).toContain('These fields were changed after the merge and stay as they are: External ID.')
    expect(await stored(typed)).toMatchObject({ emails: ['only@weber.example'], externalId: 'mine' })
  })

  it('happens once when it is asked twice', async () => {
    await merge(typed, old)
    const both = await Promise.all([undo(old), undo(old)])
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(await rows("SELECT 1 FROM audit WHERE action = 'contact_separated'")).toHaveLength(1)
    expect((await merge(typed, old)).status).toBe(303)
  })

  it('is refused until a later merge is undone', async () => {
    const third = await contact({ name: NAME, emails: [] })
    await merge(typed, old)
    await merge(third, typed)
    expect(await documentsOf(third)).toHaveLength(2)
    const refused = await undo(old)
    expect(refused.status).toBe(409)
    expect(await textOf(refused)).toContain('Undo that merge first')
    await undo(typed)
    expect(await documentsOf(typed)).toHaveLength(2)
    await undo(old)
    expect(await documentsOf(old)).toHaveLength(2)
  })

  it('is possible for 30 days', async () => {
    await merge(typed, old)
    await env.DB.prepare('UPDATE contacts SET merged_at = merged_at - ? WHERE id = ?')
      .bind(30 * 86_400_000, old)
      .run()
    expect(await textOf(await merchant.get(routes.contact(old)))).not.toContain('Undo the merge')
    const refused = await undo(old)
    expect(refused.status).toBe(409)
    expect(await textOf(refused)).toContain('can no longer be undone')
  })
})

describe('a merged contact later', () => {
  it('Stripe’s events update the merged contact, and leave addresses typed by hand alone', async () => {
    const hook = await connected(merchant)
    const receive = async (id: string, change: Record<string, unknown>, type = 'customer.updated') => {
      const event = { id, type, object: customer(change), created: nowSeconds() }
      expect((await postEvent(hook, event)).status).toBe(200)
      await settle()
    }
    await receive('evt_1', {}, 'customer.created')
    const { id: stripes } = await row<{ id: string }>(
      "SELECT id FROM contacts WHERE account_id = ? AND source = 'Stripe' AND id <> ?",
      merchant.accountId,
      old,
    )
    await merge(typed, stripes)
    expect(await textOf(await merchant.get(routes.contact(typed)))).toContain('Merged into this contact')
    await receive('evt_2', { name: 'Anna Keller', email: 'new@weber.example' })
    expect(await stored(typed)).toMatchObject({ name: 'Anna Keller', emails: expect.arrayContaining([ALL[1], ALL[2]]) })
    expect((await stored(typed)).emails).not.toContain('new@weber.example')
    expect(await row('SELECT target_id FROM stripe_events WHERE id = ?', 'evt_2')).toEqual({ target_id: typed })
    expect((await stored(stripes)).mergedInto).toBe(typed)
    const third = await contact({ name: NAME, emails: [] })
    expect(await textOf(await merchant.get(preview(third, typed)))).toContain('The link with Stripe')
  })

  it('a payment in Stripe makes a receipt of the merged contact, and mails it to its addresses', async () => {
    const hook = await connected(merchant)
    await env.DB.prepare(`
      UPDATE accounts SET settings = json_set(settings, '$.autosend', json('true'), '$.automaticTax', json('{"category":"S","rate":"20"}'))`).run()
    const event = { type: 'customer.created', object: customer(), created: nowSeconds() - 60 }
    expect((await postEvent(hook, { id: 'evt_1', ...event })).status).toBe(200)
    await settle()
    const { target_id: stripes } = await row<{ target_id: string }>('SELECT target_id FROM stripe_events')
    await merge(typed, stripes)
    expect(
      (await postEvent(hook, { id: 'evt_2', type: 'charge.succeeded', object: charge({ invoice: null }) })).status,
    ).toBe(200)
    await settle('later')
    const receipt = await row<{ id: string; contact_id: string }>(
      "SELECT id, contact_id FROM documents WHERE kind = 'receipt'",
    )
    expect(receipt.contact_id).toBe(typed)
    const sent = await rows<{ address: string }>('SELECT address FROM deliveries WHERE document_id = ?', receipt.id)
    expect(sent.map(({ address }) => address).sort()).toEqual((await stored(typed)).emails.sort())
  })

  it('erasing the merged contact erases the one that was merged into it', async () => {
    await change(old, { notes: 'Secret' })
    await merge(typed, old)
    await forgetContact(testDeps(), { accountId: merchant.accountId, actor: '', id: typed })
    for (const id of [typed, old])
      expect(await stored(id)).toMatchObject({ emails: [], notes: '', merge: null, forgottenAt: expect.any(Number) })
    expect((await merchant.post(routes.contactSeparation(old))).status).toBe(409)
  })

  it('deleting the merged contact, if nothing was issued, deletes the one that was merged into it', async () => {
    const [one, two] = [await contact({ name: 'One' }), await contact({ name: 'Two' })]
    await merge(one, two)
    expect((await merchant.post(routes.contactDeletion(one))).status).toBe(303)
    expect(await rows('SELECT 1 FROM contacts WHERE id IN (?, ?)', one, two)).toEqual([])
  })
})
