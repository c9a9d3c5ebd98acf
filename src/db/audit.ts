/** The audit log. Its rows are inserted in the batch of the change itself and never updated. */
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { AuditAction, Change } from '../domain/audit'
import type { Db } from './client'
import { apiKeys, audit, user } from './schema'

export interface AuditRow {
  accountId: string
  id: string
  at: number
  /** Id of a user or an API key; '' for an unauthenticated person with a mailed link. */
  actor: string
  action: AuditAction
  subject: string
  changes: Change[]
}

/** Inserts an audit row. For a batch, right after the audited statement: does nothing unless that changed a row. */
export const insertAudit = (row: AuditRow) => sql`
  INSERT INTO audit (account_id, id, at, actor, action, subject, changes)
  SELECT ${row.accountId}, ${row.id}, ${row.at}, ${row.actor}, ${row.action}, ${row.subject}, ${JSON.stringify(row.changes)}
  WHERE changes() > 0`

export interface AuditItem extends Omit<AuditRow, 'accountId' | 'actor'> {
  /** Name of the person or API key, or else the person's address; '' for an unauthenticated person. */
  who: string
}

/** Lists audit rows, latest first. `before` is the id of the last one seen. */
export async function listAudit(
  db: Db,
  { accountId, before, limit }: { accountId: string; before: string | undefined; limit: number },
): Promise<AuditItem[]> {
  const rows = await db
    .select({
      ...{ id: audit.id, at: audit.at, action: audit.action, subject: audit.subject, changes: audit.changes },
      ...{ name: user.name, email: user.email, keyName: apiKeys.name },
    })
    .from(audit)
    .leftJoin(user, eq(user.id, audit.actor))
    .leftJoin(apiKeys, and(eq(apiKeys.accountId, audit.accountId), eq(apiKeys.id, audit.actor)))
    .where(and(eq(audit.accountId, accountId), before === undefined ? undefined : lt(audit.id, before)))
    .orderBy(desc(audit.id))
    .limit(limit)
  return rows.map(({ name, email, keyName, ...row }) => ({ ...row, who: name || email || keyName || '' }))
}
