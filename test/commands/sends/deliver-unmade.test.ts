import { env } from 'cloudflare:test'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Deps } from '../../../src/commands/deps'
import { deliver } from '../../../src/commands/sends/deliver'
import { type Merchant, signUp } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { invoiceFor, send } from '../../support/sendable'
import { consume } from '../../support/worker'

const deliveryOf = (documentId: string) =>
  row<{ id: string; status: string; reason: string | null; due_at: number | null }>(
    'SELECT id, status, reason, due_at FROM deliveries WHERE document_id = ?',
    documentId,
  )

let merchant: Merchant
let documentId: string

/** Queues a mail with its PDF, as a tick does. */
beforeEach(async () => {
  await freshStorage()
  merchant = await signUp()
  documentId = await invoiceFor(merchant)
  await send(merchant, documentId, { attachPdf: 'on' })
  await env.DB.prepare("UPDATE deliveries SET status = 'dispatched', rank = 1, due_at = ?")
    .bind(Date.now() + 5 * 60_000)
    .run()
})

const deliverIt = async (over: Partial<Deps> = {}) => deliver(testDeps(over), [(await deliveryOf(documentId)).id])

it('a document that can never be drawn fails with a problem instead of being retried for ever', async () => {
  await env.DB.prepare("UPDATE documents SET paper = json_set(paper, '$.issueDate', 'never') WHERE id = ?")
    .bind(documentId)
    .run()
  await deliverIt({ log: () => {} })
  expect(await deliveryOf(documentId)).toMatchObject({ status: 'failed', reason: 'render_failed', due_at: null })
  expect(await rows('SELECT status FROM problems')).toEqual([{ status: 'failed' }])
})

it('a text stored before ranges were refused fails its mail only, and the other of its batch leaves', async () => {
  const other = await invoiceFor(merchant)
  await send(merchant, other)
  await env.DB.prepare("UPDATE deliveries SET status = 'dispatched', rank = 1, due_at = ? WHERE document_id = ?")
    .bind(Date.now() + 5 * 60_000, other)
    .run()
  await env.DB.prepare('UPDATE sends SET subject = ?, body = ? WHERE document_id = ?')
    .bind('Invoice', '{{ (1..990000) }}', documentId)
    .run()
  await deliver(testDeps({ log: () => {} }), [(await deliveryOf(documentId)).id, (await deliveryOf(other)).id])
  expect(await deliveryOf(documentId)).toMatchObject({ status: 'failed', reason: 'render_failed', due_at: null })
  expect(await deliveryOf(other)).toMatchObject({ status: 'sent' })
})

it('files that make a mail too large are not even read', async () => {
  const file = {
    id: 'att_1',
    name: 'a.pdf',
    type: 'pdf',
    bytes: 9_000_000,
    mailBytes: 12_000_000,
    key: 'file/a',
    public: false,
  }
  await env.DB.batch([
    env.DB.prepare('UPDATE documents SET attachments = ? WHERE id = ?').bind(JSON.stringify([file]), documentId),
    env.DB.prepare('UPDATE sends SET attachments = ? WHERE document_id = ?').bind('["att_1"]', documentId),
  ])
  await deliverIt({ log: () => {} })
  // If it were read, the mail would fail with `attachment_lost`.
  expect(await deliveryOf(documentId)).toMatchObject({ status: 'failed', reason: 'mail_too_large', due_at: null })
})

it('a mail whose storage is out of reach comes back when its lease runs out', async () => {
  const put = () => Promise.reject(new Error('internal error; please try again'))
  await deliverIt({ log: () => {}, bucket: { get: (key: string) => env.BUCKET.get(key), put } as unknown as R2Bucket })
  expect(await deliveryOf(documentId)).toMatchObject({ status: 'dispatched', reason: null })
  expect(await rows('SELECT status FROM problems')).toEqual([])
})

it('an error in a queue consumer is logged without the values of the failed query', async () => {
  const logged = vi.spyOn(console, 'log').mockImplementation(() => {})
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  const broken = { ...env, DB: { prepare: () => ({ bind: () => ({ all: broke, raw: broke, run: broke }) }) } }
  await consume('facteur-deliver', [{ ids: ['dlv_secret'] }], broken as never)
  const event = {
    key: 'k',
    class: 'bounced_hard',
    deliveryId: 'dlv_secret',
    attempt: 1,
    at: 1,
    text: 'anna@shop.example',
  }
  await consume('facteur-events', [{ connection: 'simulator', events: [event] }], broken as never)
  const lines = [...logged.mock.calls, ...error.mock.calls].flat().join('\n')
  expect(lines).toContain('deliver_failed')
  expect(lines).toContain('record_events_failed')
  expect(lines).not.toMatch(/dlv_secret|anna@/)
})

const broke = () => Promise.reject(new Error('D1_ERROR: internal error'))
