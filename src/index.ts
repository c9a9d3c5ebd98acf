/** Delegates the events of the Worker: requests, queue batches and cron ticks. */
import { app } from './app'
import type { Env } from './env'
import { handleBatch } from './jobs/queues'
import { handleTick } from './jobs/schedule'

export default {
  fetch: app.fetch,
  queue: handleBatch,
  scheduled: handleTick,
} satisfies ExportedHandler<Env, unknown>
