/** `documents.mail_state` is derived: written again from the deliveries, in the batch that changes them. */
import { type SQL, sql } from 'drizzle-orm'
import { jsonList } from './client'

/** The first state of design.md's list that applies to a delivery `d` of the latest send; `mailStateOf` in the domain is the same rule. */
const derivedState = sql`(
  SELECT CASE MIN(CASE d.status
    WHEN 'complained' THEN 1 WHEN 'bounced' THEN 1 WHEN 'soft_bounced' THEN 1 WHEN 'dropped' THEN 1 WHEN 'failed' THEN 1
    WHEN 'unknown' THEN 2 WHEN 'deferred' THEN 3
    WHEN 'queued' THEN 4 WHEN 'dispatched' THEN 4 WHEN 'sending' THEN 4
    WHEN 'sent' THEN 5 WHEN 'delivered' THEN 6 ELSE 7 END)
    WHEN 1 THEN 'problem' WHEN 2 THEN 'unknown' WHEN 3 THEN 'deferred' WHEN 4 THEN 'on_its_way'
    WHEN 5 THEN 'sent' WHEN 6 THEN 'delivered' ELSE 'not_sent' END
  FROM deliveries d
  WHERE d.account_id = documents.account_id AND d.document_id = documents.id
    AND d.send_id = documents.latest_send_id AND d.purpose = 'customer')`

export interface DocumentRef {
  accountId: string
  documentId: string
}

/** Rewrites the state of these documents where it has changed: a read is a thousand times cheaper than a write. */
export function refreshMailStates(refs: readonly DocumentRef[]): SQL {
  const pairs = jsonList(refs.map((ref) => [ref.accountId, ref.documentId]))
  return sql`UPDATE documents SET mail_state = ${derivedState}
    FROM (SELECT DISTINCT value->>0 AS account_id, value->>1 AS id FROM json_each(${pairs})) ref
    WHERE documents.account_id = ref.account_id AND documents.id = ref.id AND documents.mail_state IS NOT ${derivedState}`
}
