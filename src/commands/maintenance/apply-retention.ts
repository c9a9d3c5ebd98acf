import { encodeTime } from 'ulid'
import { runBatch } from '../../db/client'
import { deleteForgottenContact } from '../../db/contact-deletion'
import { removeDeliveries } from '../../db/document-removal'
import type { Statements } from '../../db/finalisation'
import {
  type AccountPosition,
  deleteEvents,
  findPosition,
  listAccountsAfter,
  listOldDeliveries,
  listOldDocuments,
  listOldEvents,
  movePosition,
  type OldEvent,
  type RetentionAccount,
  restartSearch,
} from '../../db/retention'
import { deleteStripeEvents, listOldStripeEvents } from '../../db/stripe'
import {
  documentCutoff,
  EVENT_DAYS,
  LEAST_DOCUMENT_YEARS,
  lastMonthOf,
  MAIL_MONTHS,
  mailCutoff,
  type Retention,
  retentionOf,
} from '../../domain/retention'
import type { Deps } from '../deps'
import { deleteObjects, removeDocumentsWithObjects } from '../documents/remove-documents'
import { mailKey } from '../stored-mail'
import { deleteEventBodies } from '../stripe/event-bodies'

const ROWS_A_STEP = 100
const STEPS_A_TURN = 5
const DOCUMENTS_A_STEP = 20
const DAY_MS = 86_400_000
/**
 * Stripe keeps events for the same time (docs.stripe.com/api/events). Documents made from them stay, and so do the rows that
 * link Stripe's objects to them.
 */
const STRIPE_EVENT_DAYS = 30

const mailSearch = (months: number): string => `mails:${months}`
const eventSearch = (days: number): string => `events:${days}`

/** Restarts searches when an account changes its periods, since rows that a search has passed may be old enough now. */
export const restartSearches = ({ mailMonths, eventDays }: Retention): Statements => [
  restartSearch(mailSearch(mailMonths)),
  restartSearch(eventSearch(eventDays)),
]

type Search = (deps: Deps) => Promise<boolean>

/**
 * One search for each period that an account may choose. Every second turn searches documents, one account after
 * another.
 */
const SEARCHES: Search[] = [
  ...MAIL_MONTHS.map((months) => (deps: Deps) => deleteOldMails(deps, months)),
  ...EVENT_DAYS.map((days) => (deps: Deps) => deleteOldEvents(deps, days)),
  deleteOldStripe,
].flatMap((search) => [search, deleteOldDocuments])

/** Continues one of the searches, a different one at each tick. If nothing is old enough, it reads only a few rows. */
export async function applyRetention(deps: Deps, minute: number): Promise<void> {
  const search = SEARCHES[minute % SEARCHES.length]
  for (let step = 0; step < STEPS_A_TURN; step++) if (!(await search?.(deps))) return
}

/** Deletes stored mails and delivery history of accounts with this retention period. Returns true if there may be more. */
async function deleteOldMails(deps: Deps, months: number): Promise<boolean> {
  const name = mailSearch(months)
  const before = idAt('dlv', mailCutoff(months, deps.now()))
  const seen = await listOldDeliveries(deps.db, await findPosition(deps.db, name), before, ROWS_A_STEP)
  const last = seen.at(-1)
  if (!last) return false
  const old = seen.filter((delivery) => delivery.months === months)
  await deleteObjects(
    deps,
    old.map(({ accountId, id }) => mailKey(accountId, id)),
  )
  await runBatch(deps.db, [...(old.length > 0 ? removeDeliveries(old) : []), movePosition(name, last.id)])
  if (old.length > 0) deps.log({ event: 'mails_forgotten', count: old.length })
  return seen.length === ROWS_A_STEP
}

async function deleteOldEvents(deps: Deps, days: number): Promise<boolean> {
  const name = eventSearch(days)
  const after = eventAt(await findPosition(deps.db, name))
  const seen = await listOldEvents(deps.db, after, deps.now() - days * DAY_MS, ROWS_A_STEP)
  const last = seen.at(-1)
  if (!last) return false
  const old = seen.filter((event) => event.days === days).map(({ connection, key }) => ({ connection, key }))
  const { receivedAt, connection, key } = last
  await runBatch(deps.db, [deleteEvents(old), movePosition(name, JSON.stringify({ receivedAt, connection, key }))])
  return seen.length === ROWS_A_STEP
}

async function deleteOldStripe(deps: Deps): Promise<boolean> {
  const old = await listOldStripeEvents(deps.db, deps.now() - STRIPE_EVENT_DAYS * DAY_MS, ROWS_A_STEP)
  if (old.length === 0) return false
  await deleteEventBodies(deps, old)
  await deleteStripeEvents(deps.db, old)
  return old.length === ROWS_A_STEP
}

/**
 * Deletes issued documents of the next account after its retention period, which depends on its settings and country. Accounts that
 * are too young to have any are not read.
 */
async function deleteOldDocuments(deps: Deps): Promise<boolean> {
  const name = 'documents'
  const found = await findPosition(deps.db, name)
  const before = Date.parse(documentCutoff(LEAST_DOCUMENT_YEARS, deps.now(), 12))
  const [account] = await listAccountsAfter(deps.db, accountAt(found), before, 1)
  // This account has more: the next turn continues with it.
  if (account && (await deleteOldDocumentsOf(deps, account))) return true
  const next = account ? JSON.stringify({ createdAt: account.createdAt, id: account.id }) : ''
  if (next !== found) await runBatch(deps.db, [movePosition(name, next)])
  return false
}

/** Deletes some old documents of one account. Returns true if there may be more. */
async function deleteOldDocumentsOf(
  deps: Deps,
  { id, company, settings, createdAt }: RetentionAccount,
): Promise<boolean> {
  const { country } = company.address
  const retention = retentionOf(settings, country)
  const beforeDate = documentCutoff(retention.documentYears, deps.now(), lastMonthOf(retention, country))
  // A younger account has no document that is old enough.
  if (createdAt >= Date.parse(beforeDate)) return false
  const beforeId = idAt('doc', Date.parse(beforeDate))
  const old = await listOldDocuments(deps.db, id, { beforeId, beforeDate, limit: DOCUMENTS_A_STEP })
  if (old.length === 0) return false
  const contacts = [...new Set(old.flatMap(({ contactId }) => contactId ?? []))]
  await removeDocumentsWithObjects(
    deps,
    id,
    old,
    contacts.map((contact) => deleteForgottenContact(id, contact)),
  )
  deps.log({ event: 'documents_forgotten', count: old.length })
  return old.length === DOCUMENTS_A_STEP
}

/** Returns the prefix of ids made at this moment: all older ids sort before it. */
const idAt = (prefix: string, ms: number): string => `${prefix}_${encodeTime(Math.max(ms, 0), 10).toLowerCase()}`

function eventAt(position: string): Pick<OldEvent, 'receivedAt' | 'connection' | 'key'> {
  if (position === '') return { receivedAt: 0, connection: '', key: '' }
  return JSON.parse(position)
}

function accountAt(position: string): AccountPosition {
  if (position === '') return { createdAt: -1, id: '' }
  return JSON.parse(position)
}
