/** The commands' dependencies at another time: what the demo tells of the past is made by the code that makes the present. */
import { ulid } from 'ulid'
import type { Deps } from '../../commands/deps'
import type { DeliveryEvent } from '../../domain/delivery-event'
import type { Mailer } from '../../mail/mailer'
import { simulatorMailer } from '../../mail/simulator'

export interface TimeMachine {
  deps: Deps
  /** Epoch ms; set it to travel. */
  now: number
  /** Ids that a tick has put on the queue since the last call. */
  deliverDispatched(): string[]
  /** What the simulator has reported since the last call. */
  processEvents(): DeliveryEvent[]
}

/**
 * The real database and bucket; the queues are ours to empty, and no mail leaves.
 * @param unanswered addresses whose server fell silent before it had taken the mail or refused it
 */
export function timeMachine(real: Deps, start: number, unanswered: ReadonlySet<string>): TimeMachine {
  let dispatched: string[] = []
  let events: DeliveryEvent[] = []
  const machine: TimeMachine = {
    now: start,
    deps: {
      ...real,
      now: () => machine.now,
      newId: (prefix) => `${prefix}_${ulid(machine.now).toLowerCase()}`,
      log: () => undefined,
      deliverQueue: queueInto((message) => void dispatched.push(...message.ids)),
      expressQueue: queueInto((message) => void dispatched.push(...message.ids)),
      mailer: (connection) =>
        connection === 'simulator'
          ? simulatorMailer({ now: () => machine.now, emit: async (more) => void events.push(...more) })
          : serverOfThePast(unanswered),
    },
    deliverDispatched: () => {
      const taken = dispatched
      dispatched = []
      return taken
    },
    processEvents: () => {
      const taken = events
      events = []
      return taken
    },
  }
  return machine
}

const serverOfThePast = (unanswered: ReadonlySet<string>): Mailer => ({
  send: async ({ deliveryId, to }) =>
    unanswered.has(to)
      ? { type: 'unknown', text: 'The connection was lost before the reply.' }
      : { type: 'accepted', providerMessageId: deliveryId, text: '250 2.0.0 Ok: queued' },
  close: () => undefined,
})

function queueInto<T>(take: (message: T) => void): Queue<T> {
  const metrics = { backlogCount: 0, backlogBytes: 0 }
  const answer = { metadata: { metrics } }
  return {
    metrics: async () => metrics,
    send: async (message) => {
      take(message)
      return answer
    },
    sendBatch: async (messages) => {
      for (const { body } of messages) take(body)
      return answer
    },
  }
}
