/** Schemas of webhook endpoints and their calls. */
import * as v from 'valibot'
import { OUTGOING_EVENTS } from '../../domain/outgoing-event'
import { CALL_STATES, DISABLED_REASONS, ENDPOINT_DESCRIPTION_CHARS } from '../../domain/webhook-call'
import { MAX_TARGET_CHARS } from '../../domain/webhook-target'
import { IsoTime, PAGE } from '../fields'

const Events = v.pipe(
  v.array(v.picklist(OUTGOING_EVENTS)),
  v.minLength(1),
  v.description('The types of events that are posted to it'),
)
const Description = v.pipe(v.string(), v.maxLength(ENDPOINT_DESCRIPTION_CHARS))
const Url = v.pipe(v.string(), v.maxLength(MAX_TARGET_CHARS), v.description('https, on the public internet'))

export const NewWebhookEndpoint = v.strictObject({
  url: Url,
  events: Events,
  description: v.exactOptional(Description),
})

export const WebhookEndpointChanges = v.strictObject({
  url: v.exactOptional(Url),
  events: v.exactOptional(Events),
  description: v.exactOptional(Description),
  enabled: v.pipe(v.exactOptional(v.boolean()), v.description('Switches it on or off')),
})

const ENDPOINT = {
  id: v.string(),
  url: v.string(),
  description: v.string(),
  events: v.array(v.picklist(OUTGOING_EVENTS)),
  enabled: v.boolean(),
  disabled_reason: v.pipe(
    v.nullable(v.picklist(DISABLED_REASONS)),
    v.description('`gone`: it answered 410; `failing`: it took nothing for three days'),
  ),
  failing_since: v.pipe(v.nullable(IsoTime), v.description('Since when it has taken nothing; null while it works')),
  created_at: IsoTime,
}

export const WebhookEndpointJson = v.object(ENDPOINT)

export const WebhookEndpointWithSecretJson = v.object({
  ...ENDPOINT,
  secret: v.pipe(v.string(), v.description('Verifies signatures (Standard Webhooks). It is shown this once.')),
})

export const WebhookCallQuery = v.strictObject(PAGE)

export const WebhookCallJson = v.object({
  event_id: v.pipe(v.string(), v.description('Also the header `webhook-id`')),
  event_type: v.string(),
  event_at: IsoTime,
  state: v.pipe(
    v.picklist(CALL_STATES),
    v.description('`stopped`: the endpoint was switched off before it took the event'),
  ),
  attempts: v.pipe(v.number(), v.integer()),
  next_attempt_at: v.nullable(IsoTime),
  log: v.pipe(
    v.array(
      v.object({
        at: IsoTime,
        status: v.pipe(v.nullable(v.pipe(v.number(), v.integer())), v.description('Null: there was no answer')),
        answer: v.pipe(v.string(), v.description('The beginning of the answer, or what went wrong')),
        ms: v.pipe(v.number(), v.integer()),
      }),
    ),
    v.description('The latest attempts, oldest first'),
  ),
})

export const TestEventJson = v.object({ event_id: v.string() })
