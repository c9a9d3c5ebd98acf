/** Schemas of the bodies and queries of suppressions. */
import * as v from 'valibot'
import { GIVEN_REASONS, SUPPRESSION_REASONS } from '../../domain/suppression'
import { IsoTime, PAGE } from '../fields'

export const NewSuppression = v.strictObject({
  address: v.string(),
  reason: v.exactOptional(
    v.pipe(
      v.picklist(GIVEN_REASONS),
      v.description('Another than `manual` says why it is blocked in the system that it comes from'),
    ),
    'manual',
  ),
})

/** The cursor has the time and the address of the last item. */
const CURSOR = /^\d{1,15}\..+$/s

export const SuppressionQuery = v.strictObject({
  limit: PAGE.limit,
  cursor: v.optional(v.pipe(v.string(), v.maxLength(300), v.regex(CURSOR))),
  address: v.optional(v.pipe(v.string(), v.maxLength(254), v.description('This address only'))),
})

export const ReleaseQuery = v.strictObject({
  reason: v.optional(
    v.pipe(
      v.picklist(SUPPRESSION_REASONS),
      v.description('The reason that is overridden. `complaint` and `unsubscribed` have to be named'),
    ),
  ),
})

export const SuppressionJson = v.object({
  address: v.pipe(v.string(), v.description('In lower case')),
  reason: v.picklist(SUPPRESSION_REASONS),
  detail: v.pipe(v.nullable(v.string()), v.description('The reason in a sentence')),
  server_response: v.pipe(v.nullable(v.string()), v.description('What the server said in the event that led to it')),
  document_id: v.pipe(v.nullable(v.string()), v.description('The document whose mail led to it')),
  actor: v.pipe(
    v.nullable(v.object({ id: v.string(), name: v.nullable(v.string()) })),
    v.description('The person or key that added it; null if an event did'),
  ),
  dropped_documents: v.pipe(
    v.number(),
    v.description('How many documents were not mailed to it since; counted up to 100'),
  ),
  created_at: IsoTime,
})
