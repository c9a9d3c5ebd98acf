import type { StripeObject } from '../../db/stripe'

/** Value of `payment` for a credit note that Stripe has voided, and for a refund that failed. */
export const VOIDED = 'void'

/** Returns whether a credit note was voided, or a refund failed, before a document was made of it. */
export const isVoidedUnmade = (object: StripeObject | undefined): boolean =>
  object?.payment === VOIDED && !object.targetId
