/** Makes the OpenAPI 3.1 document from the operations' descriptions and the valibot schemas that requests are read by. */
import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import type { Operation } from '../api/operation.ts'

type Status = number
type Json = Record<string, unknown>

export interface OpenApiParts {
  operations: readonly Operation[]
  /** Schemas with a name; one that ends in `Json` is a reply's and loses the ending, one that ends in `Query` has no name. */
  schemas: Record<string, unknown>
  /** Status and title of each error, by code. */
  problems: Record<string, readonly [Status, string]>
  /** English sentence of a refusal. */
  refusalText: (code: string) => string
  version: string
}

export function openApiDocument({ operations, schemas, problems, refusalText, version }: OpenApiParts): Json {
  const named = Object.fromEntries(
    Object.entries(schemas)
      .filter((entry): entry is [string, GenericSchema] => isSchema(entry[1]) && !entry[0].endsWith('Query'))
      .map(([name, schema]) => [name.replace(/Json$/, ''), schema]),
  )
  const convert = (schema: GenericSchema) => jsonSchema(schema, named)
  const paths: Record<string, Json> = {}
  for (const described of operations) {
    const path = described.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [described.method]: operationObject(described, { convert, problems, refusalText }) }
  }
  const components = Object.entries(named).map(([name, schema]) => [name, withoutReference(schema, named)])
  return {
    openapi: '3.1.0',
    info: { title: 'Facteur', version, summary: SUMMARY, description: DESCRIPTION },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...Object.fromEntries(components), Problem: PROBLEM },
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'A key made in Settings → API: `fk_live_…` or `fk_test_…`.',
        },
      },
    },
    'x-problems': Object.entries(problems).map(([code, [status, title]]) => ({ code, status, title })),
  }
}

const SUMMARY = 'Sends invoices, receipts and credit notes by e-mail, and tells what became of each.'

const DESCRIPTION = [
  'Amounts and quantities are decimal strings (`"1200.00"`), times are ISO 8601 in UTC, dates are ISO days.',
  'Unknown fields are refused by name. Errors are problem details (RFC 9457) with a `code`, and name every wrong field at once.',
  'A POST with an `Idempotency-Key` is done once: a repeat within 24 hours gets the first response.',
  'Lists come in pages: follow `next_cursor`, or the header `Link`.',
  'A test key works on test data of its own, and its mails reach only members of the account.',
].join('\n\n')

interface Context {
  convert(schema: GenericSchema): JsonSchema
  problems: OpenApiParts['problems']
  refusalText: OpenApiParts['refusalText']
}

function operationObject(described: Operation, { convert, problems, refusalText }: Context): Json {
  const { id, tag, summary, description, scope, status, otherStatus, reply, replyType, example } = described
  const content = reply
    ? json(convert(reply), example?.reply)
    : replyType && { [replyType]: { schema: { type: 'string', format: 'binary' } } }
  const headers = Object.fromEntries(
    [...(described.headers ?? []), 'Request-Id', 'RateLimit'].map((name) => [name, { schema: { type: 'string' } }]),
  )
  return {
    operationId: id,
    ...{ tags: [tag], summary },
    description: [description, `Takes the scope \`${scope}\`.`].filter(Boolean).join('\n\n'),
    ...parametersOf(described, convert),
    ...bodyOf(described, convert),
    responses: {
      ...Object.fromEntries(
        [otherStatus, status]
          .filter((one) => one !== undefined)
          .map((one) => [one, { description: 'Success', headers, ...(content && { content }) }]),
      ),
      ...errorsOf(described, problems, refusalText),
    },
  }
}

function parametersOf({ path, query, method }: Operation, convert: Context['convert']): Json {
  const { properties = {}, required = [] } = query ? convert(query) : {}
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      ...{ name, in: 'path', required: true, schema: { type: 'string' } },
    })),
    ...Object.entries(properties).map(([name, schema]) => {
      const { description, ...type } = typeof schema === 'object' ? schema : {}
      return { name, in: 'query', required: required.includes(name), ...(description && { description }), schema: type }
    }),
    ...(method === 'post'
      ? [
          {
            ...{ name: 'Idempotency-Key', in: 'header', required: false },
            description: 'Any text of 1 to 255 characters that is new for each thing you want done.',
            schema: { type: 'string', minLength: 1, maxLength: 255 },
          },
        ]
      : []),
  ]
  return parameters.length > 0 ? { parameters } : {}
}

function bodyOf({ body, bodyTypes = [], example }: Operation, convert: Context['convert']): Json {
  if (!body && bodyTypes.length === 0) return {}
  const other = bodyTypes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])
  const content = { ...(body && json(convert(body), example?.body)), ...Object.fromEntries(other) }
  return { requestBody: { required: true, content } }
}

/** Describes the errors of an operation, those of one status together. */
function errorsOf(
  described: Operation,
  problems: OpenApiParts['problems'],
  refusalText: OpenApiParts['refusalText'],
): Json {
  const codes = Object.entries(problems).filter(([code]) => canFail(described, code))
  const refusals = (described.refusals ?? []).map((code): [string, readonly [Status, string]] => [
    code,
    [409, refusalText(code)],
  ])
  const all = [...codes, ...refusals].filter(([code]) => code !== 'conflict')
  return Object.fromEntries(
    [...Map.groupBy(all, ([, [status]]) => status)].map(([status, some]) => [
      status,
      {
        description: some.map(([code, [, title]]) => `\`${code}\`: ${title}`).join('\n\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

function canFail({ method, path, scope, body, bodyTypes, query, headers = [] }: Operation, code: string): boolean {
  const hasBody = body !== undefined || bodyTypes !== undefined
  if (code === 'method_not_allowed') return false
  if (code === 'not_found') return path.includes(':') || hasBody
  if (code === 'body_malformed' || code === 'media_type_wrong' || code === 'body_too_large') return hasBody
  if (code === 'invalid') return hasBody || query !== undefined
  if (/^(idempotency_key|request_in_progress)/.test(code)) return method === 'post'
  if (code === 'account_closing') return scope !== 'read'
  if (code === 'precondition_failed') return headers.includes('ETag') && method !== 'get'
  return true
}

const json = (schema: JsonSchema, example: unknown): Json => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
})

const isSchema = (value: unknown): value is GenericSchema =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema'

const CONFIG: ConversionConfig = {
  target: 'draft-2020-12',
  typeMode: 'input',
  // Checks in code have no word in JSON Schema; descriptions say them.
  errorMode: 'ignore',
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
}

function jsonSchema(schema: GenericSchema, definitions: Record<string, GenericSchema>): JsonSchema {
  const { $schema, $defs, ...converted } = toJsonSchema(schema, { ...CONFIG, definitions })
  return converted
}

/** Converts a named schema itself, with references to the others. */
function withoutReference(schema: GenericSchema, named: Record<string, GenericSchema>): JsonSchema {
  return jsonSchema(schema, Object.fromEntries(Object.entries(named).filter(([, other]) => other !== schema)))
}

/** Problem details (RFC 9457). */
const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'request_id'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'What went wrong, for programs.' },
    errors: {
      type: 'array',
      description: 'Every field that is wrong.',
      items: {
        type: 'object',
        required: ['code', 'detail'],
        properties: {
          pointer: { type: 'string', description: 'JSON Pointer (RFC 6901) of a field of the body.' },
          parameter: { type: 'string', description: 'Name of a parameter of the query.' },
          code: { type: 'string' },
          detail: { type: 'string' },
          line: { type: 'integer', description: 'Line of a text, from 1.' },
          column: { type: 'integer', description: 'Column of a text, from 1.' },
        },
      },
    },
    request_id: { type: 'string' },
  },
}
