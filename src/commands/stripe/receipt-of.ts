import { findDocument, type StoredDocument } from '../../db/documents'
import { findStripeObject } from '../../db/stripe'
import type { Deps } from '../deps'

/**
 * Finds the document of a payment by any of its Stripe ids. An invoice without a document may lead to one by its
 * payment.
 */
export async function receiptOf(
  deps: Deps,
  accountId: string,
  payments: string[],
): Promise<StoredDocument | undefined> {
  for (const id of payments) {
    const object = await findStripeObject(deps.db, accountId, id)
    const payment = object?.payment ? await findStripeObject(deps.db, accountId, object.payment) : undefined
    const documentId = object?.targetId ?? payment?.targetId
    if (documentId) return findDocument(deps.db, accountId, documentId)
  }
  return undefined
}
