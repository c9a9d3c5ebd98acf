import type { StripeObject } from '../../db/stripe'

/** Value of `payment` for a credit note that Stripe has voided. */
export const VOIDED = 'void'

/** Returns whether a credit note was voided before a document was made of it. */
export const isVoidedUnmade = (object: StripeObject | undefined): boolean =>
  object?.payment === VOIDED && !object.targetId
