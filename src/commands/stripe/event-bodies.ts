/** Where the bodies of Stripe's events lie while they are needed: in R2, since a row is read far more often than its body. */
import type { StripeEvent } from '../../db/stripe'
import type { Deps } from '../deps'
import { deleteObjects } from '../documents/remove-documents'

type EventRef = Pick<StripeEvent, 'accountId' | 'id'>

const bodyKey = ({ accountId, id }: EventRef): string => `stripe/${accountId}/${encodeURIComponent(id)}.json`

/** Before the row: an event that has one can be read. */
export const putEventBody = async (deps: Deps, event: EventRef, body: string): Promise<void> =>
  void (await deps.bucket.put(bodyKey(event), body, { httpMetadata: { contentType: 'application/json' } }))

/** Returns the body as Stripe sent it; undefined when it is kept no more. Rows from before R2 was used hold it themselves. */
export async function readEventBody(
  deps: Deps,
  event: EventRef & Pick<StripeEvent, 'body'>,
): Promise<string | undefined> {
  return event.body ?? (await (await deps.bucket.get(bodyKey(event)))?.text())
}

/** After the row says that the events are done, or before their rows are deleted. */
export const deleteEventBodies = (deps: Deps, events: EventRef[]): Promise<void> =>
  deleteObjects(deps, events.map(bodyKey))
