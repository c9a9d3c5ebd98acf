import { createHash } from 'node:crypto'
import { findReportedDelivery, type ReportedDelivery } from '../../db/delivery-events'
import type { DeliveryEvent } from '../../domain/delivery-event'
import { addressKey } from '../../domain/email-addresses'
import { DEPLOYMENT, DEPLOYMENT_SECOND } from '../../domain/provider-connection'
import type { Complaint, DeliveryReport, RecipientReport } from '../../mail/bounce/bounce-mail'
import { readBounce } from '../../mail/bounce/read-bounce'
import type { Deps } from '../deps'
import { queueEvents } from './queue-events'
import { deliveryProvenBy } from './return-path'

export interface ArrivedMail {
  /** At most its first 256 KB. */
  raw: Uint8Array
  /** Where it was sent to: the envelope recipient, or the headers that name it. */
  recipients: string
  /** An account's connection whose server handed it over; its deliveries are the only ones. Absent: the deployment's door. */
  connection?: string
}

/** `later`: could not be recorded now. `reply`: a person's mail, to be passed on. `ownerless`: no delivery of ours is proven, so no merchant can get the mail. */
export type Reception =
  | { type: 'done' }
  | { type: 'later' }
  | { type: 'reply'; delivery: ReportedDelivery }
  | { type: 'ownerless' }

/** On mails that are passed on: one that comes back is not passed on again. */
export const PASSED_ON_HEADER = 'X-Facteur-Forwarded'

/**
 * Receives a mail at the bounce address and puts what it reports on the queue. The return path proves which delivery a report is about.
 * Without it, the returned copy must name a delivery of this door by its unguessable id, and the report its address: only somebody who has
 * that mail can write both, and can harm no other address. Automatic answers, and reports about nothing we know, have no effect.
 */
export async function receiveBounce(deps: Deps, arrived: ArrivedMail): Promise<Reception> {
  const mail = await readBounce(arrived.raw)
  const proven = await reportedDelivery(deps, arrived, deliveryProvenBy(deps.config, arrived.recipients))
  switch (mail.kind) {
    case 'auto_reply':
      return { type: 'done' }
    case 'mail':
      if (isPassedOn(arrived.raw)) return logged(deps, 'mail_came_back')
      return proven ? { type: 'reply', delivery: proven } : { type: 'ownerless' }
    case 'unclassified':
      if (!proven) return logged(deps, 'report_unreadable')
      return queued(deps, proven, [eventOf(deps, arrived, proven, { class: 'ignored', text: '', index: 0 })])
    default: {
      const delivery = proven ?? (await reportedDelivery(deps, arrived, idIn(mail), true))
      const reported = delivery ? factsOf(mail, delivery, proven !== undefined) : []
      if (!delivery || reported.length === 0) return logged(deps, 'report_about_nothing')
      return queued(
        deps,
        delivery,
        reported.map((facts, index) => eventOf(deps, arrived, delivery, { ...facts, index })),
      )
    }
  }
}

function logged(deps: Deps, event: string): Reception {
  deps.log({ event })
  return { type: 'done' }
}

async function queued(deps: Deps, { connection }: ReportedDelivery, events: DeliveryEvent[]): Promise<Reception> {
  const { ok } = await queueEvents(deps, { connection, events })
  return { type: ok ? 'done' : 'later' }
}

/** Finds a delivery of this door. Without proof the deployment's door is for its own connections alone. */
async function reportedDelivery(
  deps: Deps,
  { connection }: ArrivedMail,
  id: string | undefined,
  isUnproven = false,
): Promise<ReportedDelivery | undefined> {
  const found = id && (await findReportedDelivery(deps.db, id))
  if (!found) return undefined
  if (connection !== undefined) return found.connection === connection ? found : undefined
  return isUnproven && ![DEPLOYMENT, DEPLOYMENT_SECOND].includes(found.connection) ? undefined : found
}

/** Returns the id of ours in a returned copy. */
const idIn = ({ deliveryId, messageId }: DeliveryReport | Complaint): string | undefined =>
  /^dlv_[0-9a-z]+$/.test(deliveryId ?? '') ? deliveryId : /^<(dlv_[0-9a-z]+)@/.exec(messageId ?? '')?.[1]

type Facts = Pick<DeliveryEvent, 'class' | 'text'>

/**
 * Returns what a mail says of a delivery. A proven report about another address is about one that ours forwards to: the mail has not
 * arrived, but our address exists.
 */
function factsOf(mail: DeliveryReport | Complaint, { address }: ReportedDelivery, isProven: boolean): Facts[] {
  if (mail.kind === 'complaint') {
    const isOurs = mail.address === undefined || isSame(mail.address, address)
    return isOurs ? [{ class: 'complained', text: mail.feedbackType }] : []
  }
  const own = mail.recipients.filter((recipient) => isSame(recipient.address, address))
  if (own.length > 0) return own.map(factsOfReport)
  const unnamed = mail.recipients.filter((recipient) => recipient.address === '')
  if (!isProven) return []
  return unnamed.length > 0 ? unnamed.map(factsOfReport) : mail.recipients.map(factsOfReport).map(lowered)
}

const factsOfReport = ({ class: eventClass, status, text }: RecipientReport): Facts => ({
  class: eventClass,
  text: text || status,
})

const lowered = (facts: Facts): Facts => (facts.class === 'bounced_hard' ? { ...facts, class: 'bounced_soft' } : facts)

/** Compares addresses; a server may name its mailbox within our domain, or leave the domain unfinished. */
function isSame(reported: string, ours: string): boolean {
  const [local, domain = ''] = splitAddress(reported)
  const [ourLocal, ourDomain = ''] = splitAddress(ours)
  return local === ourLocal && (domain === ourDomain || !domain.includes('.') || domain.endsWith(`.${ourDomain}`))
}

const splitAddress = (address: string): string[] => addressKey(address).split('@')

/** A repeat of the same mail has the same keys. */
function eventOf(
  deps: Deps,
  { raw }: ArrivedMail,
  { id }: ReportedDelivery,
  { class: eventClass, text, index }: Facts & { index: number },
): DeliveryEvent {
  const hash = createHash('sha256').update(raw).digest('hex').slice(0, 32)
  return {
    ...{ key: `${hash}:${index}`, class: eventClass, deliveryId: id, attempt: 0, at: deps.now(), text },
    ...(eventClass === 'ignored' && { type: 'unreadable_report' }),
  }
}

const isPassedOn = (raw: Uint8Array): boolean => new RegExp(`^${PASSED_ON_HEADER}:`, 'im').test(headersOf(raw))

/** Returns the header block of a mail as text. */
export function headersOf(raw: Uint8Array): string {
  const [headers = ''] = new TextDecoder('latin1').decode(raw.subarray(0, MAX_HEADER_BYTES)).split(/\r?\n\r?\n/, 1)
  return headers
}

const MAX_HEADER_BYTES = 64 * 1024
