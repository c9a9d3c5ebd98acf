/** Reads JSON whose shape is not known: what a provider answers or reports. */

type Path = (string | number)[]

/** Returns the value under a path; undefined if there is none. Looks at own properties only. */
export function valueAt(json: unknown, ...path: Path): unknown {
  let value = json
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

/** Returns the text under a path; empty if there is none. Numbers count as text. */
export function textAt(json: unknown, ...path: Path): string {
  const value = valueAt(json, ...path)
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** Returns the list under a path; empty if there is none. */
export function listAt(json: unknown, ...path: Path): unknown[] {
  const value = valueAt(json, ...path)
  return Array.isArray(value) ? value : []
}

/** Checks whether a value is an object that is no list. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
