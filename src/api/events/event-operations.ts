/** Describes the list of events. */
import * as v from 'valibot'
import { OUTGOING_EVENTS } from '../../domain/outgoing-event'
import { routes } from '../../routes'
import { IsoTime, listOf, MetadataJson, PAGE } from '../fields'
import { operation } from '../operation'

export const EventQuery = v.strictObject({
  ...PAGE,
  type: v.pipe(v.optional(v.picklist(OUTGOING_EVENTS)), v.description('Events of this type only')),
})

export const EventJson = v.object({
  id: v.string(),
  type: v.picklist([...OUTGOING_EVENTS, 'test']),
  timestamp: IsoTime,
  mode: v.picklist(['live', 'test']),
  data: v.pipe(
    v.object({
      document: v.exactOptional(
        v.object({
          id: v.string(),
          type: v.exactOptional(v.string()),
          number: v.exactOptional(v.nullable(v.string())),
          contact_id: v.exactOptional(v.nullable(v.string())),
          currency: v.exactOptional(v.string()),
          total: v.exactOptional(v.string()),
          external_id: v.exactOptional(v.nullable(v.string())),
          metadata: v.exactOptional(MetadataJson),
        }),
      ),
      send: v.exactOptional(v.object({ id: v.string(), origin: v.exactOptional(v.string()) })),
      delivery: v.exactOptional(
        v.object({
          id: v.string(),
          address: v.nullable(v.string()),
          state: v.exactOptional(v.string()),
          reason: v.exactOptional(v.nullable(v.string())),
          server_text: v.nullable(v.string()),
        }),
      ),
      contact: v.exactOptional(
        v.object({ id: v.string(), external_id: v.nullable(v.string()), merged_into: v.nullable(v.string()) }),
      ),
    }),
    v.description('What it is about. `state` and `reason` are those of the moment, the rest is of today.'),
  ),
})

export const listEvents = operation({
  ...{ id: 'listEvents', tag: 'Events', method: 'get', path: routes.apiEvents, scope: 'read' },
  summary: 'List events, newest first',
  description:
    'Events are recorded once the account has an API key or a webhook endpoint, and kept for 30 days. Webhooks carry the same objects. A filtered page looks along 1,000 events.',
  query: EventQuery,
  ...{ status: 200, reply: listOf(EventJson), headers: ['Link'] },
})
