/** Makes JSON values that were damaged on the way. */
import fc from 'fast-check'

/** Returns payloads in which one to four places are gone or hold something else. */
export const mutationsOf = (payloads: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...payloads), fc.array(aMutation, { minLength: 1, maxLength: 4 }))
    .map(([payload, mutations]) => mutations.reduce(mutate, payload))

interface Mutation {
  path: number
  value: unknown
  deletes: boolean
}

const aValue = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1e308, 2 ** 53, '', '\u0000', 'x'.repeat(5000), [], {}, [[]], [null]),
  fc.constantFrom('constructor', '__proto__', 'toString', '<', '\ud800', '5', 'dlv_', '[', '{"a":1}'),
  fc.jsonValue({ maxDepth: 3 }),
)
const aMutation: fc.Arbitrary<Mutation> = fc.record({ path: fc.nat(), value: aValue, deletes: fc.boolean() })

/** Counts the places of a value, and changes the one whose turn it is. */
function mutate(value: unknown, { path, value: replacement, deletes }: Mutation): unknown {
  const target = path % placesIn(value)
  let place = -1
  const walk = (inner: unknown): unknown => {
    if (++place === target) return replacement
    if (Array.isArray(inner)) return inner.map(walk)
    if (typeof inner !== 'object' || inner === null) return inner
    const entries = Object.entries(inner).flatMap(([key, one]) => {
      const gone = deletes && place + 1 === target
      const walked = walk(one)
      return gone ? [] : [[key, walked] as const]
    })
    return Object.fromEntries(entries)
  }
  return walk(value)
}

function placesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, inner: unknown) => sum + placesIn(inner), 1)
}
