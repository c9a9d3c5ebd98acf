/** Makes a trigger of events: Zapier subscribes a webhook endpoint while a Zap is on, and reads the list of events for examples. */
import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core'
import type { OutgoingEventType } from '../domain/outgoing-event'
import { call, refusal, request } from './call'

interface EventTrigger {
  key: string
  noun: string
  label: string
  description: string
  types: readonly Exclude<OutgoingEventType, 'test'>[]
  sample: { type: string }
}

interface Event {
  id: string
  type: string
  timestamp: string
}

export const eventTrigger = ({ key, noun, label, description, types, sample }: EventTrigger) =>
  defineTrigger({
    key,
    noun,
    display: { label, description },
    operation: {
      type: 'hook',
      // Only the id is kept: the address is a secret of Zapier's, so the secret of the endpoint is not needed.
      performSubscribe: async (z: ZObject, bundle: Bundle) => {
        const body = { url: bundle.targetUrl, events: types, description: `Zapier: ${label}` }
        const { id } = await call<{ id: string }>(z, bundle, '/webhook-endpoints', { method: 'POST', body })
        return { id }
      },
      // One that is gone was deleted in Facteur, or by an earlier try.
      performUnsubscribe: async (z: ZObject, bundle: Bundle) => {
        const path = `/webhook-endpoints/${encodeURIComponent(bundle.subscribeData?.id ?? '')}`
        const response = await request(z, bundle, path, { method: 'DELETE' })
        if (response.status >= 400 && response.status !== 404) throw refusal(z, response)
        return {}
      },
      // A test event of the page of the endpoint starts no Zap.
      perform: (_z: ZObject, { cleanedRequest: event }: Bundle) =>
        types.some((type) => type === event?.type) ? [event] : [],
      performList: async (z: ZObject, bundle: Bundle) => {
        const lists = await Promise.all(
          types.map((type) => call<{ data: Event[] }>(z, bundle, '/events', { query: { type } })),
        )
        return lists.flatMap(({ data }) => data).sort((a, b) => b.timestamp.localeCompare(a.timestamp))
      },
      sample,
    },
  })
