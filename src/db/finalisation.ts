/** Statements that finalise drafts: number and snapshot are written in one transaction. */
import { type SQLWrapper, sql } from 'drizzle-orm'
import type { Finalisation } from '../domain/finalisation'
import { allOrNothing, type Db, eachOf, ifAny, isNotAll, runBatch } from './client'
import { creditStatements } from './crediting'
import { filesExist, keepFiles } from './files'

export type Statements = readonly SQLWrapper[]

/**
 * Finalises drafts and runs `andThen` in the same transaction: all of it or nothing. Fails with `changed` when a draft has changed, a
 * later issue date has been used, or a credit note exceeds what is left; with `taken` when a document of another pattern has the number.
 * @returns the numbers by document id
 */
export async function runFinalisations(
  db: Db,
  finalisations: readonly Finalisation[],
  andThen: Statements,
): Promise<{ numbers: Map<string, string> } | { failed: 'changed' | 'taken' }> {
  try {
    const results = await runBatch(db, [...finaliseStatements(finalisations), ...andThen])
    const numbered = results.flatMap(({ results }) => results).filter(({ number }) => typeof number === 'string')
    return { numbers: new Map(numbered.map(({ id, number }) => [String(id), String(number)])) }
  } catch (error) {
    if (isNotAll(error)) return { failed: 'changed' }
    if (isNumberTaken(error)) return { failed: 'taken' }
    throw error
  }
}

/** Reports whether a batch failed because a document of another pattern has one of the numbers. */
export const isNumberTaken = (error: unknown): boolean => String(error).includes('UNIQUE constraint failed: documents.')

/** Builds the statements that finalise drafts of one account. Drafts of a series are numbered by issue date, then in the order given. */
export const finaliseStatements = (finalisations: readonly Finalisation[]): SQLWrapper[] => [
  ...[...Map.groupBy(finalisations, seriesKey).values()].flatMap((ofSeries) =>
    seriesStatements(ofSeries.toSorted(byIssueDate)),
  ),
  ...creditStatements(finalisations),
]

const byIssueDate = (a: Finalisation, b: Finalisation): number =>
  Number(a.snapshot.issueDate > b.snapshot.issueDate) - Number(a.snapshot.issueDate < b.snapshot.issueDate)

const seriesKey = ({ seriesName, format }: Finalisation): string => `${seriesName} ${format.period}`

/**
 * Builds the statements that number the drafts of one series. Numbers have no gaps under concurrency: the statement that writes them reads
 * the counter, and the counter advances only if that statement changed all drafts. If a draft has another version, a later issue date has
 * been used, or a file of theirs is being deleted, the whole transaction ends.
 */
function seriesStatements(drafts: readonly Finalisation[]): SQLWrapper[] {
  const [first] = drafts
  const last = drafts.at(-1)
  if (!first || !last) return []
  const { accountId, seriesName, at, by } = first
  const { period, before, width, after } = first.format
  const files = [...new Set(drafts.flatMap((draft) => draft.files))]
  const counter = sql`account_id = ${accountId} AND name = ${seriesName} AND period = ${period}`
  const number = sql`SELECT ${before} || printf('%0' || ${width} || 'd', next + d.place) || ${after} FROM series WHERE ${counter}`
  return [
    sql`
      INSERT INTO series (account_id, name, period, next) VALUES (${accountId}, ${seriesName}, ${period}, 1)
      ON CONFLICT DO NOTHING`,
    sql`
      UPDATE documents SET status = 'final', number = (${number}), version = documents.version + 1,
        contact_name = d.name, contact_key = d.contact_key, issue_date = d.issue_date, due_date = d.due_date,
        currency = d.currency, total = d.total, paid_at = d.paid_at, paper = d.paper,
        finalised_at = ${at}, finalised_by = ${by}, updated_at = ${at}
      FROM (SELECT key AS place, value->>'accountId' AS account_id, value->>'id' AS id, value->>'version' AS version, value->>'name' AS name,
          value->>'contactKey' AS contact_key, value->>'issueDate' AS issue_date, value->>'dueDate' AS due_date,
          value->>'currency' AS currency, value->>'total' AS total, value->>'paidAt' AS paid_at, value->>'snapshot' AS paper
        FROM ${eachOf(drafts.map(rowOf))}) d
      WHERE documents.account_id = d.account_id AND documents.id = d.id AND documents.status = 'draft'
        AND documents.version = d.version AND d.issue_date >= (SELECT last_issue_date FROM series WHERE ${counter})
        AND ${files.length > 0 ? filesExist(accountId, files) : sql`true`}
      RETURNING documents.id, documents.number`,
    sql`
      UPDATE series SET next = next + ${drafts.length}, last_issue_date = ${last.snapshot.issueDate}
      WHERE ${counter} AND changes() = ${drafts.length}`,
    allOrNothing(1),
    ...ifAny(files, (keys) => keepFiles(accountId, keys)),
  ]
}

const rowOf = ({ accountId, documentId, version, contactKey, snapshot, paidAt }: Finalisation) => ({
  ...{ accountId, id: documentId, version, contactKey, paidAt },
  ...{
    name: snapshot.buyer.name,
    issueDate: snapshot.issueDate,
    dueDate: snapshot.dueDate,
    currency: snapshot.currency,
  },
  total: snapshot.totals.total,
  // As text, so that SQLite stores it unchanged.
  snapshot: JSON.stringify(snapshot),
})
