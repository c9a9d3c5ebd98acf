import * as v from 'valibot'

/** A JSON column that is no JSON, or not of the shape that the code relies on. `shape` names it. */
export class UnreadableColumn extends Error {
  constructor(shape: string, cause?: unknown) {
    super(`unreadable column: ${shape}`, { cause })
  }
}

/** What a stored value has to look like for the code to work with it as a `T`. */
export interface StoredShape<T> {
  name: string
  schema: v.GenericSchema<unknown, T>
}

/**
 * Declares a stored shape: `schema` looks at as much of a value as everything depends on, and the type vouches for the rest, which
 * only this code has ever written.
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

/** Reads a JSON column that may be NULL. */
export const readJsonOrNull = <T>(shape: StoredShape<T>, column: unknown): T | null =>
  column === null || column === undefined ? null : readJson(shape, column)
