/** Stores the bodies of Stripe's events in R2 while they are needed, since a row is read far more often than its body. */
import type { StripeEvent } from '../../db/stripe'
import type { Deps } from '../deps'
import { deleteObjects } from '../documents/remove-documents'

type EventRef = Pick<StripeEvent, 'accountId' | 'id'>

const bodyKey = ({ accountId, id }: EventRef): string => `stripe/${accountId}/${encodeURIComponent(id)}.json`

/** Stores a body. Call it before the row is inserted, so that each recorded event can be read. */
export const putEventBody = async (deps: Deps, event: EventRef, body: string): Promise<void> =>
  void (await deps.bucket.put(bodyKey(event), body, { httpMetadata: { contentType: 'application/json' } }))

/** Returns the body as Stripe sent it; undefined once it was deleted. Rows from before R2 was used hold it themselves. */
export async function readEventBody(
  deps: Deps,
  event: EventRef & Pick<StripeEvent, 'body'>,
): Promise<string | undefined> {
  return event.body ?? (await (await deps.bucket.get(bodyKey(event)))?.text())
}

/** Deletes bodies, after the rows say that the events are done or before the rows are deleted. */
export const deleteEventBodies = (deps: Deps, events: EventRef[]): Promise<void> =>
  deleteObjects(deps, events.map(bodyKey))
