/** Reads and changes accounts' own mail providers. */
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { type ConnectionPlace, DEPLOYMENT } from '../domain/provider-connection'
import { DOUBTS } from '../domain/repeat'
import { constants, type Db, jsonList } from './client'
import { providerConnections, providerStates } from './schema'

export type ProviderConnection = typeof providerConnections.$inferSelect
export type ProviderState = typeof providerStates.$inferSelect

const isCurrent = (accountId: string) =>
  and(eq(providerConnections.accountId, accountId), isNull(providerConnections.removedAt))

/** Returns an account's connections that are not removed: at most one of each place. */
export const listProviderConnections = (db: Db, accountId: string): Promise<ProviderConnection[]> =>
  db.select().from(providerConnections).where(isCurrent(accountId)).all()

/** Returns an account's connection of a place. */
export const findProviderConnection = (db: Db, accountId: string, place: ConnectionPlace) =>
  db
    .select()
    .from(providerConnections)
    .where(and(isCurrent(accountId), eq(providerConnections.place, place)))
    .get()

/** Finds the connection whose webhook address has this token, removed ones included: late events still belong to it. */
export const findProviderConnectionByHook = (db: Db, hook: string): Promise<ProviderConnection | undefined> =>
  db.select().from(providerConnections).where(eq(providerConnections.hook, hook)).get()

/** Returns the connections with these ids, of any account: for deliveries, which name them. */
export const listConnectionsById = (db: Db, ids: string[]): Promise<ProviderConnection[]> =>
  db
    .select()
    .from(providerConnections)
    .where(sql`${providerConnections.id} IN (SELECT value FROM json_each(${jsonList(ids)}))`)
    .all()

/** Lists, for each connection, the one of its account that takes over. */
export const listOtherConnections = (db: Db, ids: string[]) =>
  db.all<{ id: string; other: string }>(sql`
    SELECT c.id, iif(c.id = a.mail_connection, a.second_connection, a.mail_connection) AS other
    FROM json_each(${jsonList(ids)}) j
    CROSS JOIN provider_connections c ON c.id = j.value
    CROSS JOIN accounts a ON a.id = c.account_id
    WHERE a.second_connection IS NOT NULL AND c.id IN (a.mail_connection, a.second_connection)`)

/** Returns how these connections are doing; those without trouble have no row. */
export const listProviderStates = (db: Db, connections: string[]): Promise<ProviderState[]> =>
  db
    .select()
    .from(providerStates)
    .where(sql`${providerStates.connection} IN (SELECT value FROM json_each(${jsonList(connections)}))`)
    .all()

/** Inserts a connection. For a batch, after a taken place was cleared. */
export const insertProviderConnection = (db: Db, row: typeof providerConnections.$inferInsert) =>
  db.insert(providerConnections).values(row)

/** Changes settings or secrets. The connection must be tested again. For a batch. */
export const updateProviderConnection = (
  db: Db,
  { accountId, id }: { accountId: string; id: string },
  changes: Partial<typeof providerConnections.$inferInsert>,
  now: number,
) =>
  db
    .update(providerConnections)
    .set({ ...changes, updatedAt: sql`max(${now}, ${providerConnections.updatedAt} + 1)` })
    .where(and(isCurrent(accountId), eq(providerConnections.id, id)))

/** Records a test mail, unless the connection was changed since it was read: the result is about other settings then. For a batch. */
export const recordTest = (
  db: Db,
  { accountId, id, updatedAt }: ProviderConnection,
  result: Partial<typeof providerConnections.$inferInsert>,
  now: number,
) =>
  db
    .update(providerConnections)
    // Later than what was read, so that each change is seen by those who read before it.
    .set({ ...result, updatedAt: Math.max(now, updatedAt + 1) })
    .where(and(isCurrent(accountId), eq(providerConnections.id, id), eq(providerConnections.updatedAt, updatedAt)))

/** Removes the connection of a place, with its secrets. Its row stays for late events. For a batch. */
export const removeProviderConnection = (accountId: string, place: ConnectionPlace, now: number): SQL => sql`
  UPDATE provider_connections SET removed_at = ${now}, updated_at = ${now}, secrets = NULL
  WHERE account_id = ${accountId} AND place = ${place} AND removed_at IS NULL`

/** Points the account at its working connections. For a batch. */
export const chooseConnections = (accountId: string): SQL => sql`
  UPDATE accounts SET
    mail_connection = coalesce(${workingId(accountId, 'first')}, ${workingId(accountId, 'second')}),
    second_connection = iif(${workingId(accountId, 'first')} IS NULL, NULL, ${workingId(accountId, 'second')})
  WHERE id = ${accountId}`

const workingId = (accountId: string, place: ConnectionPlace): SQL => sql`
  (SELECT id FROM provider_connections
    WHERE account_id = ${accountId} AND place = ${place} AND removed_at IS NULL AND working_at IS NOT NULL)`

/** Moves waiting mails of a retired connection to the account's current one. For a batch, after `chooseConnections`. */
export const moveWaiting = (accountId: string, from: string): SQL => sql`
  UPDATE deliveries INDEXED BY deliveries_due
  SET connection = coalesce((SELECT mail_connection FROM accounts WHERE id = ${accountId}), ${DEPLOYMENT})
  WHERE account_id = ${accountId} AND connection = ${from} AND due_at IS NOT NULL AND status = 'queued'
    AND (reason IS NULL OR reason NOT IN ${constants(DOUBTS)})`

/** Requeues mails that were dispatched over a connection that is gone. For a batch. */
export const rerouteDispatched = (ids: string[], now: number): SQL => sql`
  UPDATE deliveries SET status = 'queued', rank = 0, due_at = ${now},
    connection = coalesce((SELECT mail_connection FROM accounts WHERE id = deliveries.account_id), ${DEPLOYMENT})
  WHERE id IN (SELECT value FROM json_each(${jsonList(ids)})) AND status = 'dispatched'`
