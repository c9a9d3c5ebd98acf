/** Statements for the batch that finalises credit notes: they reduce what is left of the credited documents. */
import { type SQLWrapper, sql } from 'drizzle-orm'
import type { Finalisation } from '../domain/finalisation'
import { allOrNothing, eachOf, jsonList } from './client'

/**
 * Adds the credit notes' totals to `credited` of their documents and writes their History. If less than that is left to credit, the whole
 * batch ends, so concurrent credit notes never exceed a document's total. Returns no statements for other kinds.
 */
export function creditStatements(finalisations: readonly Finalisation[]): SQLWrapper[] {
  const credits = finalisations.filter((one) => one.credits !== null)
  const [first] = credits
  if (!first) return []
  const { accountId, at, by } = first
  const originals = [...Map.groupBy(credits, (one) => one.credits).values()].map(rowOf)
  return [
    sql`
      UPDATE documents SET credited = credited + d.amount, updated_at = ${at}
      FROM (SELECT value->>'accountId' AS account_id, value->>'id' AS id, value->>'amount' AS amount, value->>'currency' AS currency
        FROM ${eachOf(originals)}) d
      WHERE documents.account_id = d.account_id AND documents.id = d.id AND documents.status = 'final'
        AND documents.kind <> 'credit_note' AND documents.currency = d.currency
        AND d.amount > 0 AND documents.credited + d.amount <= documents.total`,
    allOrNothing(originals.length),
    sql`
      INSERT INTO history (account_id, document_id, id, at, type, actor, data)
      SELECT c.account_id, c.refers_to, 'his_' || c.id, ${at}, 'credited', ${by},
        json_object('documentId', c.id, 'number', c.number, 'amount', c.total, 'currency', c.currency)
      FROM json_each(${jsonList(credits.map((one) => one.documentId))}) j
      CROSS JOIN documents c ON c.account_id = ${accountId} AND c.id = j.value
      WHERE true ON CONFLICT DO NOTHING`,
  ]
}

/** Sums the credit notes of one document. */
function rowOf(credits: Finalisation[]) {
  const [first] = credits
  const amount = credits.reduce((sum, { snapshot }) => sum + snapshot.totals.total, 0)
  return { accountId: first?.accountId, id: first?.credits, currency: first?.snapshot.currency, amount }
}
