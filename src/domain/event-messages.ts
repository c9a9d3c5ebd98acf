/** Divides events into messages and batches that a queue accepts (https://developers.cloudflare.com/queues/platform/limits/). */
import type { DeliveryEvent } from './delivery-event'
import type { EventMessage } from './messages'

/** A queue accepts 128,000 bytes a message and 256,000 a batch, its own 100 for each message included. */
const MAX_MESSAGE_BYTES = 100_000
const MAX_BATCH_BYTES = 240_000
const MAX_BATCH_MESSAGES = 100
const OVERHEAD_BYTES = 200

/** Returns batches of messages, in the order of the events. No single event is larger than a message. */
export function eventBatches(connection: string, events: readonly DeliveryEvent[]): EventMessage[][] {
  const groups = divided(events, { bytes: MAX_MESSAGE_BYTES, items: Number.POSITIVE_INFINITY })
  const messages = groups.map((group) => ({ connection, events: group }))
  return divided(messages, { bytes: MAX_BATCH_BYTES, items: MAX_BATCH_MESSAGES })
}

function divided<T>(items: readonly T[], most: { bytes: number; items: number }): T[][] {
  const groups: T[][] = []
  let group: T[] = []
  let bytes = 0
  for (const item of items) {
    const size = jsonBytes(item) + OVERHEAD_BYTES
    if (group.length > 0 && (bytes + size > most.bytes || group.length >= most.items)) {
      groups.push(group)
      group = []
      bytes = 0
    }
    group.push(item)
    bytes += size
  }
  return group.length > 0 ? [...groups, group] : groups
}

const jsonBytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length
