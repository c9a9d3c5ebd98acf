import { runBatch } from '../../db/client'
import { schedulePosting } from '../../db/webhook-calls'
import type { Deps } from '../deps'
import { sendDueWebhooks } from './send-due-webhooks'

/** Posts the events that are due, and sets when to look again. */
export async function postEventsStep(deps: Deps): Promise<void> {
  await sendDueWebhooks(deps)
  await runBatch(deps.db, schedulePosting())
}
