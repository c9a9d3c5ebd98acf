import Big from 'big.js'
import type { StripeLine } from './facts'

/** Lines with the opposite sign: what a negative invoice gives back, as a credit note says it. */
export const negated = (lines: StripeLine[]): StripeLine[] =>
  lines.map(({ tax, ...line }) => ({
    ...line,
    gross: opposite(line.gross),
    ...(tax && { tax: { ...tax, amount: opposite(tax.amount) } }),
  }))

/** Decimal → decimal, without a negative zero. */
export const opposite = (decimal: string): string => new Big(0).minus(decimal).toFixed()
