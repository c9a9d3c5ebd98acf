/** Queries of an account's Stripe connection, of Stripe's events, and of the documents and contacts made from Stripe's objects. */
import { and, desc, eq, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { Party } from '../domain/stripe/facts'
import type { Shortcoming } from '../domain/stripe/shortcoming'
import type { Db } from './client'
import { type StripeEventState, stripeConnections, stripeEvents, stripeObjects } from './schema'

export type StripeConnection = typeof stripeConnections.$inferSelect
export type StripeEvent = typeof stripeEvents.$inferSelect
export type StripeObject = typeof stripeObjects.$inferSelect

export const findStripeConnection = (db: Db, accountId: string): Promise<StripeConnection | undefined> =>
  db.select().from(stripeConnections).where(eq(stripeConnections.accountId, accountId)).get()

/** Finds a connection by the path that Stripe called. The path only selects the connection; the signature authenticates the call. */
export const findStripeConnectionByHook = (db: Db, hook: string): Promise<StripeConnection | undefined> =>
  db.select().from(stripeConnections).where(eq(stripeConnections.hook, hook)).get()

/** Inserts an account's connection with its webhook path, unless it exists. */
export const insertStripeConnection = (db: Db, accountId: string, hook: string, now: number) =>
  db.insert(stripeConnections).values({ accountId, hook, createdAt: now, updatedAt: now }).onConflictDoNothing()

export type StripeSecrets = Pick<StripeConnection, 'liveSecret' | 'testSecret' | 'liveKey' | 'testKey'>

/** Updates secrets and keys. */
export const updateStripeConnection = (db: Db, accountId: string, secrets: Partial<StripeSecrets>, now: number) =>
  db
    .update(stripeConnections)
    .set({ ...secrets, updatedAt: now })
    .where(eq(stripeConnections.accountId, accountId))

/** Records the account's first Checkout Session. From then on payments wait for their session, which has more details. */
export const markCheckoutUsed = (db: Db, accountId: string, now: number) =>
  db
    .update(stripeConnections)
    .set({ checkoutAt: now })
    .where(and(eq(stripeConnections.accountId, accountId), isNull(stripeConnections.checkoutAt)))

export const deleteStripeConnection = (db: Db, accountId: string) =>
  db.delete(stripeConnections).where(eq(stripeConnections.accountId, accountId))

/** Inserts an event. Returns false when it was recorded already. */
export async function insertStripeEvent(db: Db, event: Omit<StripeEvent, 'attempt' | 'problems'>): Promise<boolean> {
  const rows = await db.insert(stripeEvents).values(event).onConflictDoNothing().returning({ id: stripeEvents.id })
  return rows.length > 0
}

const isEvent = (accountId: string, id: string) => and(eq(stripeEvents.accountId, accountId), eq(stripeEvents.id, id))

export const findStripeEvent = (db: Db, accountId: string, id: string): Promise<StripeEvent | undefined> =>
  db.select().from(stripeEvents).where(isEvent(accountId, id)).get()

/** Returns the newest unmapped event of a document. */
export const findListedEventOf = (db: Db, accountId: string, targetId: string): Promise<StripeEvent | undefined> =>
  db
    .select()
    .from(stripeEvents)
    // A literal, so that SQLite uses the partial index.
    .where(and(eq(stripeEvents.accountId, accountId), eq(stripeEvents.targetId, targetId), sql`state = 'unmapped'`))
    .orderBy(desc(stripeEvents.receivedAt))
    .limit(1)
    .get()

/** Lists due events, the longest due first. */
export const listDueStripeEvents = (db: Db, now: number, limit: number) =>
  db
    .select({ accountId: stripeEvents.accountId, id: stripeEvents.id })
    .from(stripeEvents)
    .where(and(isNotNull(stripeEvents.dueAt), lte(stripeEvents.dueAt, now)))
    .orderBy(stripeEvents.dueAt)
    .limit(limit)

/** Claims a due event until `until`. Returns false when it is claimed already or no longer due. */
export async function claimStripeEvent(
  db: Db,
  accountId: string,
  id: string,
  { now, until }: { now: number; until: number },
): Promise<boolean> {
  const rows = await db
    .update(stripeEvents)
    .set({ dueAt: until, attempt: sql`attempt + 1` })
    .where(and(isEvent(accountId, id), isNotNull(stripeEvents.dueAt), lte(stripeEvents.dueAt, now)))
    .returning({ id: stripeEvents.id })
  return rows.length > 0
}

/** Reports whether an event needs no further processing, so that its body can be deleted. */
export const isStripeEventOver = (state: StripeEventState): boolean => state === 'done' || state === 'ignored'

export interface EventOutcome {
  state: StripeEventState
  reason?: string
  targetId?: string
  /** What is missing in its document, field by field. */
  problems?: Shortcoming[]
  /** When it is processed again, epoch ms. */
  dueAt?: number
}

/**
 * Writes the outcome of an event and deletes the body of a finished one.
 * @param until end of the claim. Keeps an earlier `dueAt` that was set in the meantime.
 */
export const markStripeEvent = (db: Db, accountId: string, id: string, outcome: EventOutcome, until: number) =>
  db
    .update(stripeEvents)
    .set({
      state: outcome.state,
      reason: outcome.reason ?? null,
      targetId: outcome.targetId ?? null,
      problems: outcome.problems ?? null,
      dueAt:
        outcome.dueAt === undefined ? null : sql`CASE WHEN due_at < ${until} THEN due_at ELSE ${outcome.dueAt} END`,
      // Counts only attempts that ended without an outcome.
      attempt: 0,
      ...(isStripeEventOver(outcome.state) && { body: null }),
    })
    .where(isEvent(accountId, id))

/** Reports whether an event of these types that was received before `before` has not been processed even once. */
export async function hasUnseenStripeEvent(
  db: Db,
  accountId: string,
  { types, before }: { types: readonly string[]; before: number },
): Promise<boolean> {
  const row = await db.get(sql`
    SELECT 1 FROM stripe_events INDEXED BY stripe_events_subject
    WHERE account_id = ${accountId} AND due_at IS NOT NULL AND state = 'waiting' AND reason IS NULL
      AND received_at < ${before} AND type IN (SELECT value FROM json_each(${JSON.stringify(types)})) LIMIT 1`)
  return row !== undefined
}

/** Makes the waiting events of an object due with the next tick. */
export const bringForwardStripeEvents = (db: Db, accountId: string, subject: string, now: number) =>
  db
    .update(stripeEvents)
    .set({ dueAt: now })
    .where(and(eq(stripeEvents.accountId, accountId), eq(stripeEvents.subject, subject), gt(stripeEvents.dueAt, now)))

/** Lists events received before `before`, the oldest first. */
export const listOldStripeEvents = (db: Db, before: number, limit: number) =>
  db.all<{ accountId: string; id: string }>(sql`
    SELECT account_id AS accountId, id FROM stripe_events WHERE received_at < ${before} ORDER BY received_at LIMIT ${limit}`)

export const deleteStripeEvents = (db: Db, events: { accountId: string; id: string }[]) =>
  db.run(sql`
    DELETE FROM stripe_events WHERE (account_id, id) IN (
      SELECT value->>'accountId', value->>'id' FROM json_each(${JSON.stringify(events)}))`)

/** Makes an unmapped event due again. Returns false when there is none. */
export async function reopenStripeEvent(db: Db, accountId: string, id: string, now: number): Promise<boolean> {
  const rows = await db
    .update(stripeEvents)
    .set({ state: 'waiting', reason: null, dueAt: now, attempt: 0 })
    .where(and(isEvent(accountId, id), eq(stripeEvents.state, 'unmapped')))
    .returning({ id: stripeEvents.id })
  return rows.length > 0
}

/** Makes the unmapped events of a contact's drafts due again. For a contact that was completed, so that the drafts can be issued now. */
export const reopenEventsOfDrafts = (db: Db, accountId: string, contactId: string, now: number) =>
  db.run(sql`
    UPDATE stripe_events SET state = 'waiting', reason = NULL, problems = NULL, due_at = ${now}, attempt = 0
    WHERE account_id = ${accountId} AND state = 'unmapped' AND target_id IN (
      SELECT id FROM documents INDEXED BY documents_of_contact
      WHERE account_id = ${accountId} AND contact_id = ${contactId} AND status = 'draft')`)

export type StripeEventItem = Awaited<ReturnType<typeof listStripeEvents>>[number]

/** Reasons that concern issued documents. */
const ABOUT_ISSUED = [
  ...['refund_failed', 'refund_exceeds', 'refund_currency', 'credit_partly', 'credit_voided', 'invoice_negative'],
  ...['receipt_differs', 'dispute_lost', 'dispute_won'],
]

/**
 * Builds a condition: an unmapped event is settled because its document has been issued, by another event or by hand. Reasons that
 * concern issued documents stay open.
 */
const isSettled = sql`${stripeEvents.state} = 'unmapped' AND EXISTS (SELECT 1 FROM documents d
  WHERE d.account_id = ${stripeEvents.accountId} AND d.id = ${stripeEvents.targetId} AND d.status = 'final')
  AND ${stripeEvents.reason} NOT IN ${ABOUT_ISSUED}`

/** Position of the last event of the previous page. */
export interface EventPosition {
  receivedAt: number
  id: string
}

/** Lists events, newest first. Several may have been received in one millisecond, so their ids order them. */
export const listStripeEvents = (
  db: Db,
  accountId: string,
  { state, before, limit }: { state?: StripeEventState; before?: EventPosition | undefined; limit: number },
) =>
  db
    .select({
      id: stripeEvents.id,
      type: stripeEvents.type,
      test: stripeEvents.test,
      happenedAt: stripeEvents.happenedAt,
      receivedAt: stripeEvents.receivedAt,
      state: sql<StripeEventState>`CASE WHEN ${isSettled} THEN 'done' ELSE ${stripeEvents.state} END`,
      reason: sql<string | null>`CASE WHEN ${isSettled} THEN NULL ELSE ${stripeEvents.reason} END`,
      targetId: stripeEvents.targetId,
      problems: sql<Shortcoming[] | null>`CASE WHEN ${isSettled} THEN NULL ELSE ${stripeEvents.problems} END`.mapWith(
        stripeEvents.problems,
      ),
    })
    .from(stripeEvents)
    .where(
      and(
        eq(stripeEvents.accountId, accountId),
        // A literal, so that SQLite uses the partial index.
        state === 'unmapped' ? sql`state = 'unmapped' AND NOT (${isSettled})` : state && eq(stripeEvents.state, state),
        before && sql`(${stripeEvents.receivedAt}, ${stripeEvents.id}) < (${before.receivedAt}, ${before.id})`,
      ),
    )
    .orderBy(desc(stripeEvents.receivedAt), desc(stripeEvents.id))
    .limit(limit)

const isObject = (accountId: string, id: string) =>
  and(eq(stripeObjects.accountId, accountId), eq(stripeObjects.id, id))

/** Returns the record of one of Stripe's objects. */
export const findStripeObject = (db: Db, accountId: string, id: string): Promise<StripeObject | undefined> =>
  db.select().from(stripeObjects).where(isObject(accountId, id)).get()

/**
 * Records the document or contact that an object becomes, unless one is recorded.
 * @returns the recorded target, which is the one of the first claim
 */
export async function claimStripeObject(
  db: Db,
  claim: { accountId: string; id: string; targetId: string; likeness?: string; at: number },
): Promise<string> {
  const [row] = await db
    .insert(stripeObjects)
    .values(claim)
    .onConflictDoUpdate({
      target: [stripeObjects.accountId, stripeObjects.id],
      set: {
        targetId: sql`coalesce(${stripeObjects.targetId}, excluded.target_id)`,
        likeness: sql`coalesce(${stripeObjects.likeness}, excluded.likeness)`,
      },
    })
    .returning({ targetId: stripeObjects.targetId })
  return row?.targetId ?? claim.targetId
}

/** Reports whether a document was made from an invoice of Stripe. */
export async function isOfStripeInvoice(db: Db, accountId: string, documentId: string): Promise<boolean> {
  const row = await db.get(sql`
    SELECT 1 FROM stripe_objects
    WHERE account_id = ${accountId} AND target_id = ${documentId} AND substr(id, 1, 3) = 'in_' LIMIT 1`)
  return row !== undefined
}

/** Records the payment of an invoice, unless one is recorded. */
export const linkStripeInvoice = (db: Db, accountId: string, invoiceId: string, payment: string, at: number) =>
  db
    .insert(stripeObjects)
    .values({ accountId, id: invoiceId, payment, at })
    .onConflictDoUpdate({
      target: [stripeObjects.accountId, stripeObjects.id],
      set: { payment: sql`coalesce(${stripeObjects.payment}, excluded.payment)` },
    })

/**
 * Finds a receipt that was made from an invoice without a known payment, or from a payment without a known invoice, with the same customer,
 * amount and time. Receipts that have both are left out, so two equal payments keep two receipts.
 */
export const findUnpairedReceipt = (
  db: Db,
  accountId: string,
  it: { seeks: 'invoice' | 'payment'; likeness: string; from: number; to: number },
): Promise<{ targetId: string } | undefined> => {
  const invoices = sql`sum(substr(id, 1, 3) = 'in_')`
  const isUnpaired = it.seeks === 'invoice' ? sql`${invoices} = count(*) AND count(payment) = 0` : sql`${invoices} = 0`
  return db.get(sql`
    SELECT target_id AS targetId FROM stripe_objects
    WHERE account_id = ${accountId} AND likeness = ${it.likeness} AND target_id IS NOT NULL AND at > ${it.from} AND at < ${it.to}
    GROUP BY target_id HAVING ${isUnpaired} ORDER BY min(at) LIMIT 1`)
}

/** Stores the data of a Stripe customer and its contact. */
export const saveStripeCustomer = (
  db: Db,
  { accountId, id, party, targetId, at }: { accountId: string; id: string; party: Party; targetId: string; at: number },
) =>
  db
    .insert(stripeObjects)
    .values({ accountId, id, targetId, facts: party, at })
    .onConflictDoUpdate({ target: [stripeObjects.accountId, stripeObjects.id], set: { facts: party, at } })
