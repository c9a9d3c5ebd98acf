import { env } from 'cloudflare:test'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../../src/routes'
import { type Belongings, belongingsOf } from '../../support/belongings'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { invoiceFor } from '../../support/sendable'

let merchant: Merchant
let its: Belongings

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp()
  its = await belongingsOf(merchant)
})

describe('a contact’s data', () => {
  it('is one ZIP of its fields, its documents and its mails', async () => {
    const response = await merchant.get(routes.contactData(its.contactId))
    expect(response.headers.get('content-type')).toBe('application/zip')
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
    const names = Object.keys(files)
    expect(JSON.parse(strFromU8(files['contact.json'] ?? new Uint8Array()))).toMatchObject({ name: its.secret })
    const documents = (status: string) =>
      rows('SELECT id FROM documents WHERE contact_id = ? AND status = ?', its.contactId, status)
    const [issued, drafts] = [await documents('final'), await documents('draft')]
    expect(names.filter((name) => /^documents\/.*\.pdf$/.test(name))).toHaveLength(issued.length)
    expect(names.filter((name) => name.startsWith('documents/draft-'))).toHaveLength(drafts.length)
    const pdf = names.find((name) => name.endsWith('.pdf')) ?? ''
    expect(strFromU8(files[pdf]?.slice(0, 5) ?? new Uint8Array())).toBe('%PDF-')
    const mails = names.filter((name) => name.endsWith('.eml'))
    expect(mails).toHaveLength(1)
    expect(strFromU8(files[mails[0] ?? ''] ?? new Uint8Array())).toContain(its.secret)
    const described = names.filter((name) => /^documents\/.*\.json$/.test(name))
    expect(described).toHaveLength(issued.length + drafts.length)
    expect(described.map((name) => strFromU8(files[name] ?? new Uint8Array())).join()).not.toContain(merchant.accountId)
  })
})

it('loses no document whose number looks like another’s, nor a file with the name of another', async () => {
  const other = await signUp()
  const ids = [await invoiceFor(other), await invoiceFor(other), await invoiceFor(other)]
  const [first = '', second, third] = ids
  const { contact_id: contactId } = await row<{ contact_id: string }>(
    'SELECT contact_id FROM documents WHERE id = ?',
    first,
  )
  const file = (id: string, name: string) => ({
    id,
    name,
    type: 'csv',
    bytes: 1,
    mailBytes: 1,
    key: `x/${id}`,
    public: false,
  })
  await env.BUCKET.put('x/att_1', '1')
  await env.BUCKET.put('x/att_2', '2')
  await env.DB.batch([
    env.DB.prepare('UPDATE documents SET contact_id = ? WHERE account_id = ?').bind(contactId, other.accountId),
    env.DB.prepare('UPDATE documents SET attachments = ? WHERE id = ?').bind(
      JSON.stringify([file('att_1', 'hours.csv'), file('att_2', 'Hours.csv')]),
      first,
    ),
    env.DB.prepare("UPDATE documents SET number = 'Ж-1' WHERE id = ?").bind(first),
    env.DB.prepare("UPDATE documents SET number = 'Я-1' WHERE id = ?").bind(second),
    env.DB.prepare("UPDATE documents SET number = '-1' WHERE id = ?").bind(third),
  ])
  const response = await other.get(routes.contactData(contactId))
  const names = Object.keys(unzipSync(new Uint8Array(await response.arrayBuffer())))
  expect(names.filter((name) => /^documents\/.*\.json$/.test(name))).toHaveLength(3)
  expect(names.filter((name) => /^documents\/.*\.pdf$/.test(name))).toHaveLength(3)
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
  expect(names.filter((name) => name.startsWith('attachments/'))).toHaveLength(2)
})

describe('forgetting', () => {
  it('asks once, with the contact’s name, what is deleted, what stays and why', async () => {
    const text = await textOf(await merchant.get(routes.contactForgetting(its.contactId)))
    expect(text).toContain(`Erase this contact’s data? ${its.secret}`)
    expect(text).toContain('the law requires you to keep them for years')
  })

  it('is refused while a mail waits, and says what to do', async () => {
    const refused = await merchant.post(routes.contactForgetting(its.contactId))
    expect(refused.status).toBe(409)
    expect(await textOf(refused)).toContain('Cancel it, or wait until it has been sent.')
  })

  it('shows that the data was erased, and prevents changes', async () => {
    // All waiting mails have left.
    await env.DB.batch([
      env.DB.prepare("UPDATE documents SET mail_state = 'delivered' WHERE contact_id = ?").bind(its.contactId),
      env.DB.prepare("UPDATE deliveries SET status = 'delivered', rank = 6, due_at = NULL WHERE account_id = ?").bind(
        merchant.accountId,
      ),
    ])
    const done = await merchant.post(routes.contactForgetting(its.contactId))
    expect(await textOf(await merchant.follow(done))).toContain('The contact’s data is erased.')
    const page = await textOf(await merchant.get(routes.contact(its.contactId)))
    expect(page).toContain('Issued documents stay, because the law requires you to keep them')
    expect(page).not.toContain('Edit contact')
    expect(page).not.toContain('anna@krueger.example')
    expect((await merchant.get(routes.contactEdit(its.contactId))).status).toBe(303)
    const back = await merchant.follow(await merchant.post(routes.contactRestoration(its.contactId)))
    expect(await textOf(back)).toContain('Archived')
  })

  it('is not offered to members', async () => {
    const member = await signUp({ accountId: merchant.accountId, role: 'member' })
    expect(await textOf(await member.get(routes.contact(its.unusedContactId)))).not.toContain('Erase data')
  })
})
