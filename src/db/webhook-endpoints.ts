/** Queries of the addresses that events are posted to. */
import { and, desc, eq, sql } from 'drizzle-orm'
import { MAX_ENDPOINTS } from '../domain/webhook-call'
import type { Db } from './client'
import { webhookEndpoints } from './schema'

export type WebhookEndpoint = typeof webhookEndpoints.$inferSelect
export type EndpointRef = Pick<WebhookEndpoint, 'accountId' | 'id'>

const is = ({ accountId, id }: EndpointRef) =>
  and(eq(webhookEndpoints.accountId, accountId), eq(webhookEndpoints.id, id))

export const findEndpoint = (db: Db, ref: EndpointRef): Promise<WebhookEndpoint | undefined> =>
  db.select().from(webhookEndpoints).where(is(ref)).get()

/** Lists the endpoints of an account, newest first; of one mode, if it is given. */
export const listEndpoints = (db: Db, accountId: string, test?: boolean): Promise<WebhookEndpoint[]> =>
  db
    .select()
    .from(webhookEndpoints)
    .where(
      and(eq(webhookEndpoints.accountId, accountId), test === undefined ? undefined : eq(webhookEndpoints.test, test)),
    )
    .orderBy(desc(webhookEndpoints.id))

/** Inserts an endpoint, unless its id exists or the account has too many. For a batch; returns a row when it was inserted. */
export const insertEndpoint = (
  made: Omit<WebhookEndpoint, 'previousSecret' | 'previousUntil' | 'failingSince' | 'disabledAt' | 'disabledReason'>,
) => sql`
  INSERT INTO webhook_endpoints (account_id, id, test, url, description, events, secret, created_at, created_by)
  SELECT ${made.accountId}, ${made.id}, ${made.test ? 1 : 0}, ${made.url}, ${made.description}, ${JSON.stringify(made.events)},
    ${made.secret}, ${made.createdAt}, ${made.createdBy}
  WHERE (SELECT count(*) FROM webhook_endpoints WHERE account_id = ${made.accountId}) < ${MAX_ENDPOINTS}
  ON CONFLICT DO NOTHING
  RETURNING id`

/** Begins to record the events of an account. For a batch. */
export const recordEventsOf = (accountId: string) => sql`
  UPDATE accounts SET records_events = 1 WHERE id = ${accountId} AND records_events IS NULL`

/** Changes an endpoint. For a batch; returns a row when it exists. */
export const updateEndpoint = (db: Db, ref: EndpointRef, changes: Partial<Omit<WebhookEndpoint, 'accountId' | 'id'>>) =>
  db.update(webhookEndpoints).set(changes).where(is(ref)).returning({ id: webhookEndpoints.id })

/** Replaces the secret of an endpoint, unless that was done since it was read. For a batch; returns a row when it was replaced. */
export const replaceSecret = (db: Db, read: WebhookEndpoint, changes: { secret: string; previousUntil: number }) =>
  db
    .update(webhookEndpoints)
    .set({ ...changes, previousSecret: read.secret })
    .where(and(is(read), eq(webhookEndpoints.secret, read.secret)))
    .returning({ id: webhookEndpoints.id })

/** Deletes an endpoint. For a batch; returns a row when it existed. */
export const deleteEndpoint = (db: Db, ref: EndpointRef) =>
  db.delete(webhookEndpoints).where(is(ref)).returning({ id: webhookEndpoints.id })

/** Disables an endpoint that works; returns a row only then, so that one caller reports it. */
export const disableEndpoint = (db: Db, ref: EndpointRef, reason: WebhookEndpoint['disabledReason'], now: number) =>
  db
    .update(webhookEndpoints)
    .set({ disabledAt: now, disabledReason: reason })
    .where(and(is(ref), sql`${webhookEndpoints.disabledAt} IS NULL`))
    .returning({ id: webhookEndpoints.id })

/** Notes that an endpoint takes nothing, since `now` if it worked before; or that it works. For a batch. */
export const markEndpoint = (db: Db, ref: EndpointRef, works: boolean, now: number) =>
  db
    .update(webhookEndpoints)
    .set({ failingSince: works ? null : now })
    .where(
      and(
        is(ref),
        works ? sql`${webhookEndpoints.failingSince} IS NOT NULL` : sql`${webhookEndpoints.failingSince} IS NULL`,
      ),
    )
