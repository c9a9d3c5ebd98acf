/** Statements that write problems, for the batch that changes a delivery's status, so that no problem is missed or reported twice. */
import { type SQL, sql } from 'drizzle-orm'
import { PROBLEM_STATUSES, REPEATED_FAILURES, REPEATED_FAILURES_MS } from '../domain/problem'
import { TEST_ID } from '../domain/test-mode'
import { eachOf, jsonList } from './client'

export interface FoundProblem {
  deliveryId: string
  /** It counts among the given-up deliveries to its address. */
  givenUp: boolean
}

/**
 * Records problems of the deliveries that now have a problem status, suppresses addresses with repeated failures, and schedules the notices.
 * For a batch, after the statements that change the deliveries; repeated, it changes nothing.
 */
export function recordProblems(found: FoundProblem[], now: number): SQL[] {
  const rows = jsonList([...new Map(found.map((one) => [one.deliveryId, one])).values()])
  return [insertProblems(rows, now), suppressGivenUp(rows, now), wakeNotices(rows, now)]
}

const foundDeliveries = (rows: string) =>
  sql`json_each(${rows}) j CROSS JOIN deliveries d ON d.id = j.value->>'deliveryId'`

const OF_TEST = sql`(substr(d.document_id, 1, ${TEST_ID.length}) = ${TEST_ID})`

/**
 * Inserts one problem a delivery. Problems of tests are marked and don't count against an address. When the status of a problem changes, it
 * is reported again only if it was `unknown` before.
 */
const insertProblems = (rows: string, now: number): SQL => sql`
  INSERT INTO problems (account_id, document_id, delivery_id, seq, address_key, status, at, repeated, test)
  SELECT d.account_id, d.document_id, d.id,
    coalesce((SELECT max(p.seq) FROM problems p WHERE p.account_id = d.account_id), 0)
      + row_number() OVER (PARTITION BY d.account_id ORDER BY d.id),
    lower(d.address), d.status, ${now}, d.status = 'soft_bounced' AND j.value->>'givenUp' AND NOT ${OF_TEST}, ${OF_TEST}
  FROM ${foundDeliveries(rows)} AND d.purpose = 'customer' AND d.status IN (SELECT value FROM json_each(${jsonList(PROBLEM_STATUSES)}))
  WHERE true
  ON CONFLICT (account_id, document_id, delivery_id) DO UPDATE
  SET status = excluded.status, repeated = excluded.repeated,
    seq = CASE problems.status WHEN 'unknown' THEN excluded.seq ELSE problems.seq END,
    at = CASE problems.status WHEN 'unknown' THEN excluded.at ELSE problems.at END,
    settled_at = CASE WHEN problems.status = 'unknown' AND problems.settled_send_id IS NULL THEN NULL ELSE problems.settled_at END
  WHERE problems.status <> excluded.status`

/** Suppresses addresses with three given-up deliveries in a row. A delivered mail resets `repeated`, so only failures in a row count. */
const suppressGivenUp = (rows: string, now: number): SQL => sql`
  INSERT INTO suppressions (account_id, address_key, reason, server_text, delivery_id, created_at, created_by)
  SELECT d.account_id, lower(d.address), 'repeated_failures', coalesce(d.server_text, ''), d.id, ${now}, ''
  FROM ${foundDeliveries(rows)} AND d.status = 'soft_bounced' AND d.purpose = 'customer'
  WHERE (SELECT count(*) FROM problems p WHERE p.repeated = 1 AND p.account_id = d.account_id
    AND p.address_key = lower(d.address) AND p.at > ${now - REPEATED_FAILURES_MS}) >= ${REPEATED_FAILURES}
  ON CONFLICT DO NOTHING`

/** Schedules the notices of members to whom the latest problem was not reported. The tick decides when and if they are mailed. */
const wakeNotices = (rows: string, now: number): SQL => sql`
  UPDATE members
  SET problems_due_at = max(${now}, coalesce(problems_rest_until, 0)),
    problems_told = coalesce(problems_told, (SELECT p.seq FROM problems p
      WHERE p.account_id = members.organization_id AND p.at < ${now} ORDER BY p.seq DESC LIMIT 1), 0)
  WHERE organization_id IN (SELECT d.account_id FROM ${foundDeliveries(rows)}) AND problems_due_at IS NULL
    AND (SELECT p.seq FROM problems p INDEXED BY problems_open WHERE p.account_id = members.organization_id AND p.test = 0
      AND p.settled_at IS NULL ORDER BY p.seq DESC LIMIT 1) > coalesce(problems_told, 0)`

/** Resets the repeated failures of addresses to which a mail was delivered later, and deletes the suppressions that they caused. */
export function resetFailuresOfDelivered(delivered: { deliveryId: string; at: number }[]): SQL[] {
  const deliveredTo = sql`${foundDeliveries(jsonList(delivered))} AND d.status = 'delivered' AND NOT ${OF_TEST}`
  return [
    sql`
      DELETE FROM suppressions WHERE (account_id, address_key) IN (
        SELECT s.account_id, s.address_key FROM ${deliveredTo}
        CROSS JOIN suppressions s ON s.account_id = d.account_id AND s.address_key = lower(d.address)
          AND s.reason = 'repeated_failures' AND s.created_at <= j.value->>'at')`,
    sql`
      UPDATE problems SET repeated = 0 WHERE (account_id, document_id, delivery_id) IN (
        SELECT p.account_id, p.document_id, p.delivery_id FROM ${deliveredTo}
        CROSS JOIN problems p ON p.repeated = 1 AND p.account_id = d.account_id AND p.address_key = lower(d.address)
          AND p.at <= j.value->>'at')`,
  ]
}

/** Resets the repeated failures of an address when a person deletes its suppression. */
export const clearRepeatedFailures = (accountId: string, addressKey: string): SQL => sql`
  UPDATE problems SET repeated = 0 WHERE repeated = 1 AND account_id = ${accountId} AND address_key = ${addressKey}`

/** Settles the problems of unknown deliveries that turned out to be sent, deferred or delivered. */
export const settleArrived = (deliveryIds: string[], now: number): SQL => sql`
  UPDATE problems SET status = d.status, settled_at = coalesce(settled_at, ${now}), settled_by = coalesce(settled_by, '')
  FROM json_each(${jsonList(deliveryIds)}) j CROSS JOIN deliveries d ON d.id = j.value AND d.status IN ('sent', 'deferred', 'delivered')
  WHERE problems.account_id = d.account_id AND problems.document_id = d.document_id AND problems.delivery_id = d.id
    AND problems.status = 'unknown'`

export interface SettlingSend {
  id: string
  documentId: string
  createdBy: string
  /** Key of the only address whose problems it settles; absent = all of the document's. */
  settlesAddress?: string | undefined
}

/** Settles the open problems of documents by new sends. For a batch, right after a statement: does nothing unless that changed a row. */
export const settleBySends = (accountId: string, sends: readonly SettlingSend[], now: number): SQL => sql`
  UPDATE problems SET settled_at = ${now}, settled_by = s.value->>'createdBy', settled_send_id = s.value->>'id'
  FROM json_each(${jsonList(sends.map(({ id, documentId, createdBy, settlesAddress }) => ({ accountId, id, documentId, createdBy, settlesAddress })))}) s
  WHERE problems.account_id = s.value->>'accountId' AND problems.document_id = s.value->>'documentId' AND settled_at IS NULL
    AND changes() > 0 AND (s.value->>'settlesAddress' IS NULL OR address_key = s.value->>'settlesAddress')`

/** Reopens the problems that these sends had settled, if all of their mails are cancelled. For a batch. */
export const reopenAfterUndo = (refs: readonly { accountId: string; documentId: string; sendId: string }[]): SQL => sql`
  UPDATE problems SET settled_at = NULL, settled_by = NULL, settled_send_id = NULL
  FROM (SELECT value->>0 AS account_id, value->>1 AS document_id, value->>2 AS send_id
    FROM ${eachOf(refs.map(({ accountId, documentId, sendId }) => [accountId, documentId, sendId]))}) r
  WHERE problems.account_id = r.account_id AND problems.document_id = r.document_id AND settled_send_id = r.send_id
    AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.account_id = r.account_id AND d.document_id = r.document_id
      AND d.send_id = r.send_id AND d.status <> 'cancelled')`
