/** Connects an account of Facteur by the address of its deployment and an API key. */
import type { Authentication, Bundle, ZObject } from 'zapier-platform-core'
import { call } from './call'

export const authentication: Authentication = {
  type: 'custom',
  fields: [
    {
      key: 'url',
      label: 'Address of Facteur',
      type: 'string',
      required: true,
      placeholder: 'https://facteur.example.org',
      helpText: 'Where you sign in.',
    },
    {
      key: 'api_key',
      label: 'API key',
      type: 'password',
      required: true,
      helpText:
        'Made in Facteur under *Settings → API*, with the scopes read, write and send. With a test key, Zaps see test documents only.',
    },
  ],
  test: (z: ZObject, bundle: Bundle) => call(z, bundle, '/account'),
  connectionLabel: '{{name}} ({{mode}})',
}
