import { listCreditedTaxes, type StoredDocument } from '../../db/documents'
import { leftToCredit, restTaxes } from '../../domain/credit-note'
import type { DocumentContent } from '../../domain/document'
import { refundContent } from '../../domain/stripe/refund-content'
import type { Deps } from '../deps'
import { creditDescription, restOf } from '../documents/credit-rest'
import { snapshotOf } from '../documents/load-snapshot'

/**
 * Returns the content of a credit note of which only the amount is known: all that is left, line by line, or a part of
 * what is left of each tax.
 * @param amount minor units, no more than is left
 */
export async function contentOfPart(deps: Deps, receipt: StoredDocument, amount: number): Promise<DocumentContent> {
  const snapshot = snapshotOf(receipt)
  if (!snapshot) throw new Error(`${receipt.id} has no snapshot`)
  if (amount === leftToCredit(receipt)) return restOf(deps, receipt)
  const describeTax = creditDescription('document.refund', snapshot)
  const credited = receipt.credited === 0 ? [] : await listCreditedTaxes(deps.db, receipt.accountId, receipt.id)
  // Taxes were rounded each for itself, so one may have been credited by a cent too much.
  const charged = restTaxes(snapshot.totals.taxes, credited).filter(({ base, tax }) => base + tax > 0)
  return refundContent(snapshot.content, {
    language: snapshot.language,
    amount,
    charged,
    describeTax,
  })
}
