/** Simulates a provider without a network. The local part of an address at `simulator.test` chooses the outcome. */
import type { DeliveryEvent, EventClass } from '../domain/delivery-event'
import type { Mailer, OutgoingMail, SendOutcome } from './mailer'

export interface SimulatorDeps {
  /** Epoch ms. */
  now(): number
  /** Puts events of the connection `simulator` on the events queue. */
  emit(events: DeliveryEvent[]): Promise<void>
}

type SimulatedEvent = Pick<DeliveryEvent, 'class' | 'text' | 'reason'>

const DELIVERED: SimulatedEvent = { class: 'delivered', text: '250 2.0.0 OK' }

/** Events by local part without its `+label`. Mails to other addresses are delivered. */
const EVENTS: Record<string, SimulatedEvent[]> = {
  delivered: [DELIVERED],
  'soft-bounce': [{ class: 'bounced_soft', text: '452 4.2.2 Mailbox full' }],
  bounce: [{ class: 'bounced_hard', text: '550 5.1.1 No such user' }],
  drop: [{ class: 'dropped', text: 'On the suppression list of the provider', reason: 'provider_suppression' }],
  complaint: [DELIVERED, { class: 'complained', text: 'Reported as spam' }],
}

/**
 * Returns a mailer that collects the events of its sends until `flush()`, which passes them to `emit` in one call.
 * `unknown@` gets no events.
 */
export function simulatorMailer({ now, emit }: SimulatorDeps): Mailer {
  let events: DeliveryEvent[] = []
  return {
    async send(mail): Promise<SendOutcome> {
      const localPart = mail.to.split('@')[0]?.split('+')[0]?.toLowerCase() ?? ''
      if (localPart === 'unknown') return { type: 'unknown', text: 'The connection was lost before the reply.' }
      events.push(...(EVENTS[localPart] ?? [DELIVERED]).map((simulated) => eventOf(mail, simulated, now())))
      return { type: 'accepted', providerMessageId: `sim_${mail.deliveryId}`, text: '250 2.0.0 Ok' }
    },
    async flush() {
      const collected = events
      events = []
      if (collected.length > 0) await emit(collected)
    },
    close() {},
  }
}

function eventOf({ deliveryId, attempt }: OutgoingMail, simulated: SimulatedEvent, at: number): DeliveryEvent {
  return { ...simulated, key: `${deliveryId}:${simulated.class satisfies EventClass}`, deliveryId, attempt, at }
}
