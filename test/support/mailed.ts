/** Delivers sends by the jobs that the platform calls. */
import { deliver } from '../../src/commands/sends/deliver'
import { dispatchDue } from '../../src/commands/sends/dispatch-due'
import { readMail } from '../../src/commands/stored-mail'
import { type ReadMail, readMime } from '../../src/mail/read-mime'
import type { Merchant } from './client'
import { row } from './database'
import { testDeps } from './deps'
import { latestSend } from './sendable'

/** Delivers the latest send of a document, and returns the mail to its only recipient. */
export async function mailed({ accountId }: Merchant, documentId: string): Promise<ReadMail> {
  const held: string[] = []
  const deliverQueue = {
    sendBatch: async (messages: Iterable<{ body: { ids: string[] } }>) => {
      for (const { body } of messages) held.push(...body.ids)
    },
  } as unknown as Queue
  const deps = testDeps({ deliverQueue, log: () => {}, now: () => Date.now() + 1000 })
  await dispatchDue(deps)
  await deliver(deps, held)
  const { id } = await latestSend(documentId)
  const delivery = await row<{ id: string }>('SELECT id FROM deliveries WHERE send_id = ?', id)
  const { mime } = await readMail(deps, { accountId, id: delivery.id })
  return readMime(mime)
}
