/** Derives `documents.mail_state` from the deliveries, in the batch that changes them. */
import { type SQLWrapper, sql } from 'drizzle-orm'
import { DELIVERY_STATUSES, MAIL_STATES, mailStateOf } from '../domain/delivery'
import { jsonList, prebuilt } from './client'

const STATE_PLACES = sql.raw(
  DELIVERY_STATUSES.map((status) => `WHEN '${status}' THEN ${MAIL_STATES.indexOf(mailStateOf([status]))}`).join(' '),
)
const STATES_BY_PLACE = sql.raw(MAIL_STATES.map((state, place) => `WHEN ${place} THEN '${state}'`).join(' '))

/** Computes `mailStateOf` the deliveries of a document's latest send in SQL. */
const derivedState = sql`(
  SELECT CASE MIN(CASE d.status ${STATE_PLACES} END) ${STATES_BY_PLACE} ELSE 'not_sent' END
  FROM deliveries d
  WHERE d.account_id = documents.account_id AND d.document_id = documents.id
    AND d.send_id = documents.latest_send_id AND d.purpose = 'customer')`

export interface DocumentRef {
  accountId: string
  documentId: string
}

/** Updates the mail states of these documents. Unchanged rows are not written, since a read is a thousand times cheaper than a write. */
export const refreshMailStates = (refs: readonly DocumentRef[]): SQLWrapper =>
  refreshStates({ pairs: jsonList(refs.map((ref) => [ref.accountId, ref.documentId])) })

const refreshStates = prebuilt<{ pairs: string }>(
  ({ pairs }) => sql`UPDATE documents SET mail_state = ${derivedState}
    FROM (SELECT DISTINCT value->>0 AS account_id, value->>1 AS id FROM json_each(${pairs})) ref
    WHERE documents.account_id = ref.account_id AND documents.id = ref.id AND documents.mail_state IS NOT ${derivedState}`,
)
