/** Consumes the queue to which Cloudflare Email Service reports. Nobody else can write to it, so nothing is verified. */
import { errorEntry } from '../commands/error-entry'
import { cloudflareConnections } from '../commands/sends/deployment-mail-routes'
import { queueEvents } from '../commands/sends/queue-events'
import { recordEvents } from '../commands/sends/record-events'
import type { Env } from '../env'
import { wire } from '../wire'
import { readCloudflareEvent } from './providers/cloudflare'

export const CLOUDFLARE_QUEUE = 'facteur-cloudflare'

/**
 * Records the events of a batch at once. After an error they wait on the queue of all events, whose dead letters are kept; only what that
 * queue refuses is repeated by this one. A message that is no event is logged and acknowledged.
 */
export async function handleCloudflareEvents(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const wired = wire(env)
  if ('wrong' in wired) return batch.retryAll({ delaySeconds: 60 })
  const { deps } = wired
  const [connection] = cloudflareConnections(deps.config)
  const read = batch.messages.map(({ body }) => readCloudflareEvent(body, deps.now()))
  const unread = read.filter((events) => events === undefined).length
  if (unread > 0) deps.log({ event: 'bad_cloudflare_events', count: unread })
  const events = read.flatMap((found) => found ?? [])
  if (!connection || events.length === 0) return batch.ackAll()
  try {
    await recordEvents(deps, { connection, events })
    batch.ackAll()
  } catch (error) {
    deps.log({ ...errorEntry(error), event: 'record_events_failed', messages: batch.messages.length })
    const queued = await queueEvents(deps, { connection, events })
    if (queued.ok) batch.ackAll()
    else batch.retryAll()
  }
}
