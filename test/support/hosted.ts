/** Makes mailed documents, with the links in their mails. */
import { env } from 'cloudflare:test'
import { hashToken } from '../../src/commands/token'
import { insertQueuedSends, type QueuedSends } from './fixtures'

export interface Mailed {
  /** Number of the document. */
  number: string
  token: string
  /** `/d/<token>` */
  path: string
  documentId: string
  deliveryId: string
}

let count = 0

/** Makes an issued invoice, mailed to one address at `mailedAt` (epoch ms, by default now). */
export async function mailedDocument(
  accountId: string,
  { mailedAt = Date.now(), ...sends }: Partial<QueuedSends> & { mailedAt?: number } = {},
): Promise<Mailed> {
  count += 1
  const name = `h${count}`
  await insertQueuedSends({ accountId, name, count: 1, address: `anna+${count}@example.org`, dueAt: 0, ...sends })
  const token = `hosted-link-token-${String(count).padStart(4, '0')}`
  const deliveryId = `dlv_${name}_1`
  await env.DB.prepare(
    "UPDATE deliveries SET status = 'delivered', rank = 6, due_at = NULL, attempt = 1, link_hash = ?, link_created_at = ? WHERE id = ?",
  )
    .bind(await hashToken(token), mailedAt, deliveryId)
    .run()
  return { number: `${name}-1`, token, path: `/d/${token}`, documentId: `doc_${name}_1`, deliveryId }
}
