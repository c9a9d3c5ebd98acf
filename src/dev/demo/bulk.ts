/** Makes the demo's bulk send of this morning: most mails arrived, one bounced, one address was blocked already. */
import { confirmBulkSend } from '../../commands/bulk-sends/confirm-bulk-send'
import { createBulkSend } from '../../commands/bulk-sends/create-bulk-send'
import { deliver } from '../../commands/sends/deliver'
import { dispatchDue } from '../../commands/sends/dispatch-due'
import { recordEvents } from '../../commands/sends/record-events'
import { DEMO_SETTINGS } from './company'
import type { TimeMachine } from './time-machine'

/** Indexes of the customers. */
export const IN_BULK = [2, 4, 5, 7, 8, 9, 12, 13, 17, 19, 23]

export async function sendDemoInBulk(
  past: TimeMachine,
  by: { accountId: string; userId: string },
  documentIds: string[],
): Promise<void> {
  const id = past.deps.newId('blk')
  await createBulkSend(past.deps, { ...by, id, source: { from: 'chosen', ids: documentIds }, test: false })
  past.now += 30_000
  const confirmed = await confirmBulkSend(past.deps, { ...by, id, leftOut: 0 })
  if (!confirmed.ok) throw new Error(`the demo was refused: ${confirmed.reason}`)
  past.now += DEMO_SETTINGS.batchWindowMs + 20_000
  await dispatchDue(past.deps)
  past.now += 5000
  await deliver(past.deps, past.drainDispatched())
  past.now += 40_000
  const events = past.drainEvents()
  if (events.length > 0) await recordEvents(past.deps, { connection: 'simulator', events })
}
