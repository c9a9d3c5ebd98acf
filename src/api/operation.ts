/**
 * Declares operations: one description of each, from which requests are checked (`serve`) and the OpenAPI document is made
 * (`build/openapi.ts`). The build reads descriptions in Node, so they import schemas and nothing of the Worker.
 */
import type * as v from 'valibot'
import type { ApiScope } from '../domain/api-key'

export interface Operation {
  /** Name of the operation in clients: `listContacts`. */
  id: string
  tag: string
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Path under `/api/v1`, its parameters as Hono has them: `/contacts/:id`. */
  path: `/${string}`
  /** One line, without a full stop. */
  summary: string
  description?: string
  scope: ApiScope
  /** Without one, every parameter is refused. */
  query?: v.GenericSchema
  /** The JSON body; a handler of something else reads it itself. */
  body?: v.GenericSchema
  /** Media types of a body that is not JSON, which the handler reads itself. */
  bodyTypes?: readonly string[]
  /** Status of the response to a request that succeeds; 204 has no body. */
  status: 200 | 201 | 202 | 204
  /** Another status of success, with the same reply: the handler responds with it itself. */
  otherStatus?: 200
  reply?: v.GenericSchema
  /** Media type of a response that is not JSON. */
  replyType?: string
  /** Codes of the refusals (409) that callers should expect. */
  refusals?: readonly string[]
  /** Response headers beside those of every response. */
  headers?: readonly ('Link' | 'Location' | 'ETag')[]
  example?: { body?: unknown; reply?: unknown }
}

type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamsOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

type Parsed<Schema> = Schema extends v.GenericSchema ? v.InferOutput<Schema> : undefined

/** What a handler receives: parameters of the path, and the parsed query and body. */
export interface Input<O extends Operation> {
  params: Record<ParamsOf<O['path']>, string>
  query: Parsed<O['query']>
  /** Undefined if the request has another of the accepted media types. */
  body: Parsed<O['body']> | (O['bodyTypes'] extends readonly string[] ? undefined : never)
}

/** What a handler returns: the JSON that the reply's schema describes. */
export type Reply<O extends Operation> = O['reply'] extends v.GenericSchema ? v.InferInput<O['reply']> : null

/** Returns the operation with its literal types. */
export const operation = <const O extends Operation>(described: O): O => described
