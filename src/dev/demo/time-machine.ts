/**
 * Gives the commands dependencies with another time, so that the demo's past is made by the same code as its present.
 */
import { ulid } from 'ulid'
import type { Deps } from '../../commands/deps'
import type { DeliveryEvent } from '../../domain/delivery-event'
import { SIMULATOR } from '../../domain/provider-connection'
import type { Mailer } from '../../mail/mailer'
import { simulatorMailer } from '../../mail/simulator'

export interface TimeMachine {
  deps: Deps
  /** Epoch ms; may be set. */
  now: number
  /** Returns and removes the ids of deliveries that a tick has queued. */
  drainDispatched(): string[]
  /** Returns and removes the events that the simulator has reported. */
  drainEvents(): DeliveryEvent[]
}

/**
 * Returns dependencies with the real database and bucket, queues in memory, and a mail server that sends nothing.
 * @param unknownAddresses addresses whose server neither accepted nor refused the mail
 */
export function timeMachine(real: Deps, start: number, unknownAddresses: ReadonlySet<string>): TimeMachine {
  let dispatched: string[] = []
  let events: DeliveryEvent[] = []
  const machine: TimeMachine = {
    now: start,
    deps: {
      ...real,
      now: () => machine.now,
      newId: (prefix) => `${prefix}_${ulid(machine.now).toLowerCase()}`,
      log: () => undefined,
      deliverQueue: memoryQueue((message) => void dispatched.push(...message.ids)),
      expressQueue: memoryQueue((message) => void dispatched.push(...message.ids)),
      mailer: ({ connection }) =>
        connection === SIMULATOR
          ? simulatorMailer({ now: () => machine.now, emit: async (newEvents) => void events.push(...newEvents) })
          : simulatedServer(unknownAddresses),
    },
    drainDispatched: () => {
      const drained = dispatched
      dispatched = []
      return drained
    },
    drainEvents: () => {
      const drained = events
      events = []
      return drained
    },
  }
  return machine
}

const simulatedServer = (unknownAddresses: ReadonlySet<string>): Mailer => ({
  send: async ({ deliveryId, to }) =>
    unknownAddresses.has(to)
      ? { type: 'unknown', text: 'The connection was lost before the reply.' }
      : { type: 'accepted', providerMessageId: deliveryId, text: '250 2.0.0 Ok: queued' },
  close: () => undefined,
})

function memoryQueue<T>(add: (message: T) => void): Queue<T> {
  const metrics = { backlogCount: 0, backlogBytes: 0 }
  const response = { metadata: { metrics } }
  return {
    metrics: async () => metrics,
    send: async (message) => {
      add(message)
      return response
    },
    sendBatch: async (messages) => {
      for (const { body } of messages) add(body)
      return response
    },
  }
}
