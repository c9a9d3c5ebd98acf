/** Delegates the events of the Worker: requests, queue batches and cron ticks. */
import { app } from './app'
import type { Env } from './env'
import { handleMail } from './jobs/inbound'
import { handleBatch } from './jobs/queues'
import { handleTick } from './jobs/schedule'
import { CLOUDFLARE_QUEUE, handleCloudflareEvents } from './webhooks/cloudflare-events'

export default {
  fetch: app.fetch,
  queue: (batch, env) =>
    batch.queue === CLOUDFLARE_QUEUE ? handleCloudflareEvents(batch, env) : handleBatch(batch, env),
  scheduled: handleTick,
  email: handleMail,
} satisfies ExportedHandler<Env, unknown>
