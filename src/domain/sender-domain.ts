/** Decides when an account's own From address may be used, and when its records are looked at again. */
import { addressKey } from './email-addresses'
import { isMailboxProvider } from './email-typos'
import { ok, type Result, refuse } from './result'
import { type CheckedRecord, dkimName } from './sender-records'

/** A key is replaced by a second one; a third would sign nothing. */
export const MAX_SENDER_KEYS = 2

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/**
 * Returns the domain of an address that an account would like as its From address. Refused if only a mailbox provider or the
 * deployment's owner could create the records.
 */
export function senderDomainOf(
  address: string,
  platformDomain: string,
): Result<string, 'sender_free_mail' | 'sender_platform'> {
  const domain = addressKey(domainOf(address))
  if (isMailboxProvider(domain)) return refuse('sender_free_mail', { domain })
  const own = platformDomain.toLowerCase()
  return domain === own || domain.endsWith(`.${own}`) ? refuse('sender_platform', { domain }) : ok(domain)
}

export interface SenderState {
  domain: string
  selector: string | null
  verifiedAt: number | null
  failedAt: number | null
  addedAt: number
}

export type SenderChange = 'verified' | 'lost'

export interface SenderDecision extends Pick<SenderState, 'selector' | 'verifiedAt' | 'failedAt'> {
  change: SenderChange | undefined
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** A little less than the hour between two checks, so that one that begins early still counts. */
const BETWEEN_FAILURES_MS = 55 * MINUTE_MS

/**
 * Decides by the records of its keys whether an address is used. One found key is enough: its domain is the From domain, so DMARC is
 * satisfied whatever policy the domain has. Where DNS did not answer, nothing changes. A record that is gone must be missed twice, an
 * hour apart, before the address is out of use.
 * @param selectors of the keys, newest first
 * @param taken another account uses the domain
 */
export function decideSender(
  before: SenderState,
  { selectors, records, taken, now }: { selectors: string[]; records: CheckedRecord[]; taken: boolean; now: number },
): SenderDecision {
  const { domain, selector, verifiedAt, failedAt } = before
  const stateOf = (one: string) => records.find(({ name }) => name === dkimName(one, domain))?.state
  const usable = selectors.find((one) => stateOf(one) === 'found')
  if (usable && !taken) {
    const change = verifiedAt === null ? 'verified' : undefined
    return { selector: usable, verifiedAt: verifiedAt ?? now, failedAt: null, change }
  }
  const isKnown = !selectors.some((one) => stateOf(one) === 'unreachable')
  if (verifiedAt === null || usable || !isKnown) return { selector, verifiedAt, failedAt, change: undefined }
  if (failedAt === null) return { selector, verifiedAt, failedAt: now, change: undefined }
  if (now - failedAt < BETWEEN_FAILURES_MS) return { selector, verifiedAt, failedAt, change: undefined }
  return { selector, verifiedAt: null, failedAt: null, change: 'lost' }
}

/** Returns when the records are to be looked at again: every five minutes at first, then hourly, daily once the address is used or a week went by. */
export function nextCheckAt({ verifiedAt, failedAt, addedAt }: SenderState, now: number): number {
  if (verifiedAt !== null) return now + (failedAt === null ? DAY_MS : HOUR_MS)
  const age = now - addedAt
  if (age < HOUR_MS) return now + 5 * MINUTE_MS
  return now + (age < 7 * DAY_MS ? HOUR_MS : DAY_MS)
}
