/** Schemas of fields that several resources have. */
import * as v from 'valibot'
import { MAX_METADATA, METADATA_KEY_CHARS, METADATA_VALUE_CHARS, type Metadata } from '../domain/metadata'

/** A text that null empties. */
export const clearable = v.pipe(
  v.nullable(v.string()),
  v.transform((text) => text ?? ''),
)

/** Changes of metadata: a null takes a pair away. */
export const MetadataChanges = v.record(
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(METADATA_KEY_CHARS, `Keys have at most ${METADATA_KEY_CHARS} characters.`),
  ),
  v.nullable(
    v.pipe(v.string(), v.maxLength(METADATA_VALUE_CHARS, `Values have at most ${METADATA_VALUE_CHARS} characters.`)),
  ),
)

/** Returns the metadata after these changes; undefined if they are more than there may be. */
export function changedMetadata(current: Metadata, changes: Record<string, string | null>): Metadata | undefined {
  const kept = Object.entries({ ...current, ...changes }).filter((pair): pair is [string, string] => pair[1] !== null)
  return kept.length > MAX_METADATA ? undefined : Object.fromEntries(kept)
}

export const MetadataJson = v.record(v.string(), v.string())

/** A time as the API shows it: ISO 8601, in UTC. */
export const IsoTime = v.pipe(v.string(), v.isoTimestamp())

/** The schema of a page of a list. */
export const listOf = <S extends v.GenericSchema>(item: S) =>
  v.object({
    data: v.array(item),
    next_cursor: v.pipe(v.nullable(v.string()), v.description('`cursor` of the next page; null on the last one')),
  })

const MAX_PAGE = 100

/** Query parameters of every list. */
export const PAGE = {
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(MAX_PAGE)),
    '25',
  ),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(200))),
}

/** Returns the ISO time of epoch milliseconds; null stays null. */
export function isoTime(at: number): string
export function isoTime(at: number | null): string | null
export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
