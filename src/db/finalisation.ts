/** The batch that makes a draft final: its number is taken and its paper frozen in one transaction. */
import { type SQLWrapper, sql } from 'drizzle-orm'
import type { Paper } from '../domain/document'
import type { NumberFormat } from '../domain/number-pattern'
import { type Db, runBatch } from './client'

export interface Finalisation {
  accountId: string
  documentId: string
  /** The version that the person saw. */
  version: number
  seriesName: string
  format: NumberFormat
  paper: Omit<Paper, 'number'>
  contactKey: string
  /** Epoch ms, of what is paid when it is issued. */
  paidAt: number | null
  at: number
  by: string
}

export type Statements = readonly SQLWrapper[]

/**
 * Finalises, and runs `andThen` in the same transaction: all of it or nothing. `changed` = the draft is no longer what it was, or a
 * later issue date is out; `taken` = a document of another pattern has this number.
 */
export async function runFinalisation(
  db: Db,
  finalisation: Finalisation,
  andThen: Statements,
): Promise<{ number: string } | { failed: 'changed' | 'taken' }> {
  try {
    const [, numbered] = await runBatch(db, [...finaliseStatements(finalisation), ...andThen])
    return { number: String(numbered?.results[0]?.number) }
  } catch (error) {
    if (String(error).includes('malformed JSON')) return { failed: 'changed' }
    if (String(error).includes('UNIQUE constraint failed: documents.')) return { failed: 'taken' }
    throw error
  }
}

/**
 * Gapless under concurrency: the number is read from the counter in the statement that gives it to the document, and the counter
 * moves only if that statement did. Where the document is no draft of that version any more, or a later issue date is out already,
 * the last statement fails and with it the whole transaction, so that nothing that follows happens either.
 */
function finaliseStatements(finalisation: Finalisation): SQLWrapper[] {
  const { accountId, documentId, version, seriesName, format, paper, contactKey, paidAt, at, by } = finalisation
  const { period, before, width, after } = format
  const counter = sql`account_id = ${accountId} AND name = ${seriesName} AND period = ${period}`
  const number = sql`SELECT ${before} || printf('%0' || ${width} || 'd', next) || ${after} FROM series WHERE ${counter}`
  return [
    sql`
      INSERT INTO series (account_id, name, period, next) VALUES (${accountId}, ${seriesName}, ${period}, 1)
      ON CONFLICT DO NOTHING`,
    sql`
      UPDATE documents SET status = 'final', number = (${number}), version = version + 1,
        contact_name = ${paper.buyer.name}, contact_key = ${contactKey}, issue_date = ${paper.issueDate},
        due_date = ${paper.dueDate}, currency = ${paper.currency}, total = ${paper.totals.total}, paid_at = ${paidAt},
        paper = ${JSON.stringify(paper)}, finalised_at = ${at}, finalised_by = ${by}, updated_at = ${at}
      WHERE account_id = ${accountId} AND id = ${documentId} AND status = 'draft' AND version = ${version}
        AND ${paper.issueDate} >= (SELECT last_issue_date FROM series WHERE ${counter})
      RETURNING number`,
    sql`UPDATE series SET next = next + 1, last_issue_date = ${paper.issueDate} WHERE ${counter} AND changes() = 1`,
    // SQLite knows RAISE only in triggers: reading what is no JSON ends the transaction.
    sql`SELECT json(CASE changes() WHEN 1 THEN '{}' ELSE 'not finalised' END)`,
  ]
}
