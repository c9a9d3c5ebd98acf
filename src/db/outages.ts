/** Mails that something of ours keeps. Every query here reads overdue rows only, of which there are none while all goes well. */
import { type SQL, sql } from 'drizzle-orm'

const OVERDUE = sql`FROM deliveries INDEXED BY deliveries_overdue WHERE overdue_since IS NOT NULL AND due_at IS NOT NULL`

/** The longest waiting delivery of each account, connection and priority: walks the index from group to group. */
export function overdueGroups(): SQL {
  const first = sql`SELECT id ${OVERDUE}`
  return sql`
    WITH RECURSIVE first(id) AS (
      SELECT (${first} ORDER BY account_id, connection, priority, overdue_since LIMIT 1)
      UNION ALL
      SELECT coalesce(
        (${first} AND account_id = d.account_id AND connection = d.connection AND priority > d.priority
          ORDER BY priority, overdue_since LIMIT 1),
        (${first} AND account_id = d.account_id AND connection > d.connection ORDER BY connection, priority, overdue_since LIMIT 1),
        (${first} AND account_id > d.account_id ORDER BY account_id, connection, priority, overdue_since LIMIT 1))
      FROM first CROSS JOIN deliveries d ON d.id = first.id
    )
    SELECT d.account_id AS accountId, d.connection, d.priority, d.overdue_since AS since
    FROM first CROSS JOIN deliveries d ON d.id = first.id`
}
