/**
 * Returns true for an id of Stripe such as `cus_…`, which is neither a name nor a description to the reader of a
 * document.
 */
export const isStripeId = (text: string): boolean => /^(cus|gcus|pi|ch|py|in|cs|sub)_\w{1,250}$/.test(text)
