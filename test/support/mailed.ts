/** Delivers sends by the jobs that the platform calls. */
import { env } from 'cloudflare:test'
import { expect, vi } from 'vitest'
import type { Deps } from '../../src/commands/deps'
import { deliver } from '../../src/commands/sends/deliver'
import { dispatchDue } from '../../src/commands/sends/dispatch-due'
import { readMail } from '../../src/commands/stored-mail'
import type { DeliverMessage } from '../../src/domain/messages'
import { type ReadMail, readMime } from '../../src/mail/read-mime'
import type { Merchant } from './client'
import { row, rows } from './database'
import { testDeps } from './deps'
import { HeldQueue } from './held-queue'
import { invoiceFor, latestSend, send } from './sendable'
import { tick } from './worker'

/** Delivers what is due, without the local queue. */
export async function deliverDue(deps: Deps): Promise<void> {
  const queue = new HeldQueue<DeliverMessage>()
  const held = { ...deps, deliverQueue: queue.binding, expressQueue: queue.binding }
  await dispatchDue(held)
  await deliver(
    held,
    queue.take().flatMap(({ ids }) => ids),
  )
}

/** Delivers the latest send of a document, and returns the mail to its only recipient. */
export async function mailed({ accountId }: Merchant, documentId: string): Promise<ReadMail> {
  const deps = testDeps({ log: () => {}, now: () => Date.now() + 1000 })
  await deliverDue(deps)
  const { id } = await latestSend(documentId)
  const delivery = await row<{ id: string }>('SELECT id FROM deliveries WHERE send_id = ?', id)
  const { mime } = await readMail(deps, { accountId, id: delivery.id })
  return readMime(mime)
}

/** Sends an invoice to a customer and lets it leave. Returns its id. */
export async function mailInvoice(merchant: Merchant, address = 'anna@customer.example'): Promise<string> {
  const documentId = await invoiceFor(merchant, { contact: { emails: [address] } })
  await send(merchant, documentId)
  await leave()
  return documentId
}

/** Lets all waiting mails leave by a tick, and waits until the local queue has taken them too. */
export async function leave(): Promise<void> {
  await env.DB.exec("UPDATE deliveries SET due_at = 1 WHERE due_at IS NOT NULL AND status = 'queued'")
  await tick()
  await vi.waitFor(async () =>
    expect(await rows("SELECT 1 FROM deliveries WHERE status IN ('dispatched', 'sending')")).toEqual([]),
  )
}
