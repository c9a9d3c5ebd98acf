import type { StripeObject } from '../../db/stripe'

/** Stands where the payment of an invoice would, of a credit note that Stripe has voided. */
export const VOIDED = 'void'

/** Whether a credit note was voided before a document was made of it. */
export const isVoidedUnmade = (object: StripeObject | undefined): boolean =>
  object?.payment === VOIDED && !object.targetId
