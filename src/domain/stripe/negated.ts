import Big from 'big.js'
import type { StripeLine } from './facts'

/** Negates lines, so that a credit note can list what a negative invoice gives back. */
export const negated = (lines: StripeLine[]): StripeLine[] =>
  lines.map(({ tax, ...line }) => ({
    ...line,
    gross: opposite(line.gross),
    ...(tax && { tax: { ...tax, amount: opposite(tax.amount) } }),
  }))

/** Returns the negative of a decimal, without a negative zero. */
export const opposite = (decimal: string): string => new Big(0).minus(decimal).toFixed()
