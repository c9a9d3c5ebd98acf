import Big from 'big.js'

/**
 * Splits an amount into whole parts in proportion to the weights. Each part is the difference of two rounded bounds,
 * so that they add up to the amount.
 */
export function sharesOf(amount: number, weights: number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const bound = (upTo: number) =>
    Number(
      new Big(amount)
        .times(weights.slice(0, upTo).reduce((sum, weight) => sum + weight, 0))
        .div(whole)
        .round(0),
    )
  return weights.map((_, index) => bound(index + 1) - bound(index))
}
