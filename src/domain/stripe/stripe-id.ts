/** What Stripe calls a customer, payment or invoice: `cus_…`. To a reader of a document it is neither a name nor a description. */
export const isStripeId = (text: string): boolean => /^(cus|gcus|pi|ch|py|in|cs|sub)_\w{1,250}$/.test(text)
