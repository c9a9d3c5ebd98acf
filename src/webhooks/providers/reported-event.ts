/** Makes our event of what a provider's file has read. */
import { createHash } from 'node:crypto'
import { type EventClass, lowerPolicyBounce } from '../../domain/delivery-event'
import { cleanText } from '../../mail/server-text'
import { deliveryIdAmong } from './delivery-id'
import { eventTime } from './event-time'
import type { ReportedEvent } from './provider-webhook'

export interface EventFacts {
  type: string
  class: EventClass
  /** Parts that together are the same for each repeat of this event, and for no other event. */
  key: readonly string[]
  /** Where our id may stand, the surest first. */
  idSources: readonly string[]
  providerMessageId: string
  recipient: string
  /** The provider's time, in any form. */
  at: unknown
  /** The remote server's or provider's response; of several, those that say something. */
  text: readonly string[]
  reason?: string
}

/** Makes an event. A policy bounce is lowered by all that the texts say, of which 500 characters are kept. */
export function reportedEvent(facts: EventFacts, now: number): ReportedEvent {
  const text = joined(facts.text)
  return {
    key: keyOf(facts.key),
    class: lowerPolicyBounce(facts.class, text),
    deliveryId: deliveryIdAmong(facts.idSources),
    // No provider counts our attempts.
    attempt: 0,
    at: eventTime(facts.at, now),
    text: cleanText(text),
    ...(facts.reason && { reason: facts.reason }),
    providerMessageId: shortText(withoutBrackets(facts.providerMessageId)),
    recipient: shortText(addressOf(facts.recipient)),
    type: shortText(facts.type),
  }
}

/** Hashes the parts: keys outlive the forgetting of a contact, and some contain an address. */
const keyOf = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)

const MAX_READ = 4096
const MAX_SHORT = 320

/** Joins texts, of which none repeats another. */
function joined(texts: readonly string[]): string {
  const said: string[] = []
  for (const text of texts) {
    const part = text
      .slice(0, MAX_READ)
      .replace(/^\s*smtp;\s*/i, '')
      .trim()
    if (part !== '' && !said.some((earlier) => earlier.includes(part))) said.push(part)
  }
  return said.join(' – ')
}

const shortText = (text: string): string => cleanText(text.slice(0, MAX_SHORT))

const withoutBrackets = (id: string): string => id.trim().replace(/^<|>$/g, '')

/** 'Zoe <zoe@example.org>' → 'zoe@example.org' */
const addressOf = (text: string): string => /<([^<>]*)>\s*$/.exec(text.slice(0, MAX_READ))?.[1] ?? text
