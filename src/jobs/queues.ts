import type { Env } from '../env'

export async function handleBatch(batch: MessageBatch<unknown>, _env: Env): Promise<void> {
  batch.ackAll()
}
