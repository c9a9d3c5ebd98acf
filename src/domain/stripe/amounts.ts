/**
 * Converts Stripe's integer amounts, whose decimals differ from ISO 4217 in some currencies
 * (docs.stripe.com/currencies, "Zero-decimal" and "Special cases").
 */
import Big from 'big.js'

const NO_DECIMALS = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ')
const THREE_DECIMALS = 'BHD JOD KWD OMR TND'.split(' ')

/** Returns the decimals that Stripe uses. ISK and UGX have none, but Stripe uses two. */
function digitsOf(currency: string): number {
  if (NO_DECIMALS.includes(currency)) return 0
  return THREE_DECIMALS.includes(currency) ? 3 : 2
}

/** Returns an amount as a decimal: 1050 of 'EUR' → '10.5', of 'JPY' → '1050'. */
export const stripeDecimal = (amount: number, currency: string): string =>
  new Big(amount).div(new Big(10).pow(digitsOf(currency))).toFixed()
