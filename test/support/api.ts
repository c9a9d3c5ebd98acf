/** Calls the API as a program does, with a key made by the command that the page calls. */
import { exports } from 'cloudflare:workers'
import { createApiKey } from '../../src/commands/accounts/create-api-key'
import { API_SCOPES, type ApiScope } from '../../src/domain/api-key'
import { routes } from '../../src/routes'
import type { Merchant } from './client'
import { testDeps } from './deps'

export interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  json?: unknown
  body?: BodyInit
  headers?: Record<string, string>
}

export type Json = Record<string, unknown>

/** A response with its JSON read. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as they expect it.
  json: any
}

/** Returns a client of the API with a key that has these scopes. */
export async function apiFor(
  { accountId, userId: actor }: Merchant,
  { scopes = [...API_SCOPES], test = false }: { scopes?: ApiScope[]; test?: boolean } = {},
) {
  const deps = testDeps()
  const id = deps.newId('key')
  const made = await createApiKey(deps, { accountId, actor, id, name: 'Online shop', scopes, test })
  if (!made.ok) throw new Error(made.reason)
  const key = made.value
  return Object.assign((path: string, call: Call = {}) => callApi(key, path, call), { key, id, accountId })
}

export type Api = Awaited<ReturnType<typeof apiFor>>

export async function callApi(key: string, path: string, { method, json, body, headers }: Call = {}): Promise<Answer> {
  const response = await exports.default.fetch(
    `http://facteur.test${path.startsWith('/api') ? '' : routes.api}${path}`,
    {
      method: method ?? (json === undefined && body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(key && { authorization: `Bearer ${key}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined ? { body: JSON.stringify(json) } : body !== undefined && { body }),
    },
  )
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
}
