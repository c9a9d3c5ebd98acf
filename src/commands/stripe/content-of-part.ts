import type { StoredDocument } from '../../db/documents'
import { leftToCredit } from '../../domain/credit-note'
import type { DocumentContent } from '../../domain/document'
import { refundContent } from '../../domain/stripe/refund-content'
import type { Deps } from '../deps'
import { creditDescription, restOf } from '../documents/credit-rest'
import { snapshotOf } from '../documents/load-snapshot'

/**
 * Returns the content of a credit note of which only the amount is known: all that is left, line by line, or a part of
 * each tax.
 * @param amount minor units, no more than is left
 */
export async function contentOfPart(deps: Deps, receipt: StoredDocument, amount: number): Promise<DocumentContent> {
  const snapshot = snapshotOf(receipt)
  if (!snapshot) throw new Error(`${receipt.id} has no snapshot`)
  if (amount === leftToCredit(receipt)) return restOf(deps, receipt)
  const describeTax = creditDescription('document.refund', snapshot)
  return refundContent(snapshot.content, {
    language: snapshot.language,
    amount,
    charged: snapshot.totals.taxes,
    describeTax,
  })
}
