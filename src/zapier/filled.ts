/** Returns the fields that were filled in: Zapier hands over those left empty as empty texts or lists, or not at all. */
export function filled<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const isFilled = (value: unknown) =>
    value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isFilled(value))) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
}
