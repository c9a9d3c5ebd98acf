/** Returns the items with one of them moved; unchanged when `from` or `to` does not exist. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, index) => index !== from)
  const item = items[from]
  return item === undefined || to < 0 || to >= items.length ? [...items] : rest.toSpliced(to, 0, item)
}
