/**
 * Describes the demo's documents of the last four months: 60 invoices, a few receipts and credit notes, relative to the
 * time of seeding.
 */
import type { PaymentMethod } from '../../domain/document'
import { CATALOGUE } from './catalogue'
import { DEMO_CONTACTS, type MailOutcome } from './contacts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

export interface Story {
  /** Absent = an invoice. */
  kind?: 'receipt'
  /** Method by which a receipt was paid, on the day of its issue. */
  paidBy?: PaymentMethod
  /** Index into DEMO_CONTACTS. */
  contact: number
  /** Epoch ms of its creation (and, unless a draft, its issue). */
  at: number
  lines: { item: number; quantity: string }[]
  /** `sent` and `resent` were mailed in the past, `scheduled` will be on a later day, `now` is with the first tick. */
  state: 'draft' | 'unsent' | 'sent' | 'resent' | 'scheduled' | 'now'
  /** Ten per cent off the first line. */
  discounted?: boolean
  /** A discount and a charge on the whole document. */
  adjusted?: boolean
  /** Credited later: in part, as a whole, or by a draft of a credit note. */
  credited?: 'part' | 'all' | 'draft'
  /** A file attached to it. */
  attaches?: 'leathers' | 'hours'
  /** Sent in test mode to this address of the simulator. */
  test?: 'delivered' | 'bounce'
  /** Days after issue; absent = not paid. */
  paidAfterDays?: number
}

/** Contacts of the past invoices, oldest first: the latest have every kind of outcome. */
const PAST = [
  ...[0, 2, 7, 12, 19, 3, 23, 16, 5, 8, 22, 24, 13, 1, 17, 6, 15, 10, 20, 2, 7, 12, 3, 19, 0, 5, 23, 8, 17, 13],
  ...[9, 15, 1, 4, 24, 18, 6, 20, 14, 22, 16, 12, 5, 9, 21, 11],
]
/** Indexes of past invoices that were not sent. */
const UNSENT = [13, 29, 42]
/** Indexes of past invoices that were sent twice. */
const RESENT = [8, 21]
/** Receipts: contact, age in days, and method of payment. */
const RECEIPTS = [
  [19, 1, 'cash'],
  [7, 6, 'card'],
  [2, 23, 'card'],
  [23, 61, 'transfer'],
] as const
/** Credits of past invoices, by their index. */
const CREDITED: Record<number, Story['credited']> = { 17: 'all', 30: 'part', 38: 'part', 44: 'draft' }
/** Test documents: outcome, and whether they were sent. */
const TESTS = [
  ['delivered', 'sent'],
  ['bounce', 'sent'],
  ['delivered', 'draft'],
] as const
const SCHEDULED = 3
const NOW = 5
const DRAFTS = 6
/** Files of the first mails. */
const ATTACHED = ['leathers', 'hours'] as const

/** Returns the stories in the order of their numbers, oldest first. */
export function demoStories(now: number): Story[] {
  const issued = PAST.map((contact, i): Story => {
    const daysAgo = Math.round(118 - (i * 116) / (PAST.length - 1))
    const state = UNSENT.includes(i) ? 'unsent' : RESENT.includes(i) ? 'resent' : 'sent'
    const story: Story = {
      contact,
      at: timeOf(now, daysAgo, i),
      lines: linesOf(i),
      state,
    }
    if (i % 8 === 5) story.discounted = true
    if (i % 11 === 6) story.adjusted = true
    const credited = CREDITED[i]
    if (credited) story.credited = credited
    const days = credited === 'all' ? undefined : paidAfter(contact, i, daysAgo)
    return days === undefined ? story : { ...story, paidAfterDays: days }
  })
  const receipts = RECEIPTS.map(([contact, daysAgo, paidBy], i): Story => {
    const state = i === 0 ? 'draft' : i === 1 ? 'unsent' : 'sent'
    return { kind: 'receipt', contact, at: timeOf(now, daysAgo, i + 3), lines: linesOf(i + 7), paidBy, state }
  })
  const scheduled = range(SCHEDULED).map((i): Story => {
    const contact = [2, 12, 17][i] ?? 0
    return { contact, at: now - (90 - i) * MINUTE_MS, lines: linesOf(i + 3), state: 'scheduled' }
  })
  const sending = contactsOf('inbox')
    .slice(0, NOW)
    .map((contact, i): Story => {
      const attaches = ATTACHED[i]
      const at = now - (60 - i) * MINUTE_MS
      return { contact, at, lines: linesOf(i + 11), state: 'now', ...(attaches && { attaches }) }
    })
  const drafts = range(DRAFTS).map((i): Story => {
    const contact = [3, 7, 15, 19, 23, 24][i] ?? 0
    return { contact, at: now - (30 - i) * MINUTE_MS, lines: linesOf(i + 20), state: 'draft' }
  })
  const tests = TESTS.map(([test, state], i): Story => {
    return { test, state, contact: 2 + 5 * i, at: now - (25 - i) * MINUTE_MS, lines: linesOf(i + 2) }
  })
  return [...[...issued, ...receipts].sort((a, b) => a.at - b.at), ...scheduled, ...sending, ...drafts, ...tests]
}

const range = (length: number): number[] => Array.from({ length }, (_, i) => i)

const contactsOf = (outcome: MailOutcome): number[] =>
  range(DEMO_CONTACTS.length).filter((index) => DEMO_CONTACTS[index]?.outcome === outcome)

/** Returns a time that is never later than the next story's. */
const timeOf = (now: number, daysAgo: number, i: number): number =>
  now - daysAgo * DAY_MS - (180 - ((i * 47) % 170)) * MINUTE_MS

/**
 * Returns the number of days until an invoice was paid. Most are paid within a month; a few are not paid, and neither
 * are those whose mail did not arrive.
 */
function paidAfter(contact: number, i: number, daysAgo: number): number | undefined {
  const days = 3 + ((i * 11) % 29)
  const reached = ['delivered', 'accepted', 'inbox'].includes(DEMO_CONTACTS[contact]?.outcome ?? '')
  if (!reached || i % 6 === 4) return undefined
  return days < daysAgo ? days : undefined
}

function linesOf(i: number): Story['lines'] {
  const count = 1 + ((i * 5) % 4)
  const items = range(count).map((line) => (i * 3 + line * 4) % CATALOGUE.length)
  return [...new Set(items)].map((item, line) => ({ item, quantity: quantityOf(item, i + line) }))
}

function quantityOf(item: number, i: number): string {
  const unit = CATALOGUE[item]?.unit
  if (unit === 'MTR') return ['2.5', '4', '7.25', '12'][i % 4] ?? '1'
  if (unit === 'HUR') return ['1.5', '3', '6', '2'][i % 4] ?? '1'
  if (unit === 'DAY') return '1'
  return ['3', '10', '24', '1', '6', '12'][i % 6] ?? '1'
}
