/** Converts decimals that people type to money: integer minor units and an ISO 4217 code. */
import Big from 'big.js'

const NO_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ')
const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND'.split(' ')

/** Returns a currency's minor digits by ISO 4217: 0, 2 or 3. (`Intl` uses CLDR's digits, which differ for some currencies.) */
export function minorDigits(currency: string): 0 | 2 | 3 {
  if (NO_DECIMALS.includes(currency)) return 0
  return THREE_DECIMALS.includes(currency) ? 3 : 2
}

/** Rounds to the currency's minor unit, half away from zero: 1.005 EUR → 101. `+ 0` turns −0 into 0. */
export const toMinor = (decimal: Big | string, currency: string): number =>
  Number(new Big(decimal).times(new Big(10).pow(minorDigits(currency))).round(0, Big.roundHalfUp)) + 0

/** Returns minor units as a decimal: 12345 EUR → '123.45'. */
export const toDecimal = (minor: number, currency: string): string =>
  new Big(minor).div(new Big(10).pow(minorDigits(currency))).toFixed(minorDigits(currency))
