/**
 * Returns true for an id of Stripe such as `cus_…`, which is neither a name nor a description to the reader of a
 * document.
 */
export const isStripeId = (text: string): boolean => /^(cus|gcus|pi|ch|py|in|cs|sub)_\w{1,250}$/.test(text)

/** Returns true for a text with an id of Stripe in it, such as "Charge for cus_NffrFeUfNV2Hib". */
export const containsStripeId = (text: string): boolean =>
  isStripeId(text) || /(?<!\w)(cus|gcus|pi|ch|py|in|cs|sub)_\w{14,250}(?!\w)/.test(text)
