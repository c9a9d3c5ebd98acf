import * as v from 'valibot'

/** A column whose content is malformed JSON or does not have the expected shape. `shape` is the name of the shape. */
export class UnreadableColumn extends Error {
  constructor(shape: string, cause?: unknown) {
    super(`unreadable column: ${shape}`, { cause })
  }
}

/** A check of a stored value before the code uses it as a `T`. */
export interface StoredShape<T> {
  name: string
  schema: v.GenericSchema<unknown, T>
}

/**
 * Declares a stored shape. `schema` checks only the fields that all code depends on. The rest is trusted to be a `T`, since only Facteur
 * writes these columns.
 */
export const storedShape = <T>(name: string, schema: v.GenericSchema): StoredShape<T> => ({
  name,
  schema: v.custom<T>((value) => v.is(schema, value)),
})

/** Reads a JSON column. Throws `UnreadableColumn` where it is NULL, no JSON, or of another shape. */
export function readJson<T>({ name, schema }: StoredShape<T>, column: unknown): T {
  let value: unknown
  try {
    value = JSON.parse(String(column))
  } catch (error) {
    throw new UnreadableColumn(name, error)
  }
  const read = v.safeParse(schema, value)
  if (!read.success) throw new UnreadableColumn(name, read.issues[0])
  return read.output
}

/** Reads a JSON column that can be NULL. */
export const readJsonOrNull = <T>(shape: StoredShape<T>, column: unknown): T | null =>
  column === null || column === undefined ? null : readJson(shape, column)
