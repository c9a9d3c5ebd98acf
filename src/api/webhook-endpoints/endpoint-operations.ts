/** Describes the operations on webhook endpoints. */
import { routes } from '../../routes'
import { listOf } from '../fields'
import { operation } from '../operation'
import {
  NewWebhookEndpoint,
  TestEventJson,
  WebhookCallJson,
  WebhookCallQuery,
  WebhookEndpointChanges,
  WebhookEndpointJson,
  WebhookEndpointWithSecretJson,
} from './endpoint-schemas'

const tag = 'Webhook endpoints'
const path = routes.apiWebhookEndpoint(':id')

export const listWebhookEndpoints = operation({
  ...{ id: 'listWebhookEndpoints', tag, method: 'get', path: routes.apiWebhookEndpoints, scope: 'read' },
  summary: 'List webhook endpoints, newest first',
  ...{ status: 200, reply: listOf(WebhookEndpointJson) },
})

export const createWebhookEndpoint = operation({
  ...{ id: 'createWebhookEndpoint', tag, method: 'post', path: routes.apiWebhookEndpoints, scope: 'write' },
  summary: 'Create a webhook endpoint',
  description:
    'Events of the mode of the key are posted to it as JSON, signed as Standard Webhooks says. What it does not take with a 2xx within ten seconds is posted again for three days.',
  body: NewWebhookEndpoint,
  ...{ status: 201, reply: WebhookEndpointWithSecretJson, headers: ['Location'], refusals: ['endpoints_full'] },
  example: {
    body: { url: 'https://shop.example.com/hooks/facteur', events: ['delivery.delivered', 'delivery.bounced'] },
  },
})

export const getWebhookEndpoint = operation({
  ...{ id: 'getWebhookEndpoint', tag, method: 'get', path, scope: 'read' },
  summary: 'Get a webhook endpoint',
  ...{ status: 200, reply: WebhookEndpointJson },
})

export const changeWebhookEndpoint = operation({
  ...{ id: 'changeWebhookEndpoint', tag, method: 'patch', path, scope: 'write' },
  summary: 'Change a webhook endpoint, or switch it on or off',
  body: WebhookEndpointChanges,
  ...{ status: 200, reply: WebhookEndpointJson },
  example: { body: { enabled: false } },
})

export const deleteWebhookEndpoint = operation({
  ...{ id: 'deleteWebhookEndpoint', tag, method: 'delete', path, scope: 'write' },
  summary: 'Delete a webhook endpoint',
  ...{ status: 204 },
})

export const rotateWebhookSecret = operation({
  ...{ id: 'rotateWebhookSecret', tag, method: 'post', path: routes.apiWebhookSecret(':id'), scope: 'write' },
  summary: 'Make a new secret',
  description: 'For 24 hours events are signed with both secrets.',
  ...{ status: 201, reply: WebhookEndpointWithSecretJson },
})

export const testWebhookEndpoint = operation({
  ...{ id: 'testWebhookEndpoint', tag, method: 'post', path: routes.apiWebhookTests(':id'), scope: 'write' },
  summary: 'Post a test event',
  ...{ status: 202, reply: TestEventJson, refusals: ['endpoint_disabled'] },
})

export const listWebhookCalls = operation({
  ...{ id: 'listWebhookCalls', tag, method: 'get', path: routes.apiWebhookCalls(':id'), scope: 'read' },
  summary: 'List what was posted to an endpoint, newest first',
  query: WebhookCallQuery,
  ...{ status: 200, reply: listOf(WebhookCallJson), headers: ['Link'] },
})

export const repeatWebhookCall = operation({
  ...{
    id: 'repeatWebhookCall',
    tag,
    method: 'post',
    path: routes.apiWebhookRepeats(':id', ':eventId'),
    scope: 'write',
  },
  summary: 'Post an event again',
  ...{ status: 202, reply: TestEventJson, refusals: ['endpoint_disabled'] },
})
