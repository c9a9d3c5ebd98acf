import { findDocument, type StoredDocument } from '../../db/documents'
import { findStripeObject, linkStripeInvoice, type StripeEvent, type StripeObject } from '../../db/stripe'
import type { Deps } from '../deps'

/** Value of `payment` for a credit note that Stripe has voided, and for a refund that failed. */
const VOIDED = 'void'

/** Returns whether a credit note was voided, or a refund failed, before a document was made of it. */
export const isVoidedUnmade = (object: StripeObject | undefined): boolean =>
  object?.payment === VOIDED && !object.targetId

/**
 * Records that Stripe voided a credit note or a refund failed, so that no document is made of it later. Returns the document that
 * was made of it before.
 */
export async function markVoided(
  { db }: Deps,
  { accountId, happenedAt }: StripeEvent,
  stripeId: string,
): Promise<StoredDocument | undefined> {
  await linkStripeInvoice(db, accountId, stripeId, VOIDED, happenedAt)
  const targetId = (await findStripeObject(db, accountId, stripeId))?.targetId
  return targetId ? findDocument(db, accountId, targetId) : undefined
}
