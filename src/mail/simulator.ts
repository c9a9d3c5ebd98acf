/** A provider without a network: the local part of an address at `simulator.test` says what becomes of the mail. */
import type { DeliveryEvent, EventClass } from '../domain/delivery-event'
import type { Mailer, OutgoingMail, SendOutcome } from './mailer'

export interface SimulatorDeps {
  /** Epoch ms. */
  now(): number
  /** Puts events of the connection `simulator` on the events queue. */
  emit(events: DeliveryEvent[]): Promise<void>
}

type Told = Pick<DeliveryEvent, 'class' | 'text' | 'reason'>

const DELIVERED: Told = { class: 'delivered', text: '250 2.0.0 OK' }

/** By local part without its `+label`. Others are delivered. */
const FATES: Record<string, Told[]> = {
  delivered: [DELIVERED],
  'soft-bounce': [{ class: 'bounced_soft', text: '452 4.2.2 Mailbox full' }],
  bounce: [{ class: 'bounced_hard', text: '550 5.1.1 No such user' }],
  drop: [{ class: 'dropped', text: 'On the suppression list of the provider', reason: 'provider_suppression' }],
  complaint: [DELIVERED, { class: 'complained', text: 'Reported as spam' }],
}

/** Collects the events of its sends until `flush()`, which hands them to `emit` in one call. `unknown@` gets no answer at all. */
export function simulatorMailer({ now, emit }: SimulatorDeps): Mailer {
  let events: DeliveryEvent[] = []
  return {
    async send(mail): Promise<SendOutcome> {
      const fate = mail.to.split('@')[0]?.split('+')[0]?.toLowerCase() ?? ''
      if (fate === 'unknown') return { type: 'unknown', text: 'The connection was lost before the reply.' }
      events.push(...(FATES[fate] ?? [DELIVERED]).map((told) => eventOf(mail, told, now())))
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

function eventOf({ deliveryId, attempt }: OutgoingMail, told: Told, at: number): DeliveryEvent {
  return { ...told, key: `${deliveryId}:${told.class satisfies EventClass}`, deliveryId, attempt, at }
}
