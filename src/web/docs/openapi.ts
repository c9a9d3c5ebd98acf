/** Types the parts of the OpenAPI document that the reference shows. The build makes the document. */

export interface Schema {
  $ref?: string
  type?: string
  format?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
}

type Content = Record<string, { schema: Schema; example?: unknown }>

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  schema: Schema
}

export interface OperationObject {
  operationId: string
  tags: [string]
  summary: string
  description: string
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content }>
}

export interface OpenApi {
  info: { summary: string; description: string }
  tags: { name: string }[]
  paths: Record<string, Record<string, OperationObject>>
  components: { schemas: Record<string, Schema> }
  'x-problems': { code: string; status: number; title: string }[]
}

/** One line of a table of fields: `address.country`, `lines[].quantity`. */
export interface Field {
  name: string
  type: string
  required: boolean
  description: string
}

/** Returns a schema's fields, those of objects within it after them. */
export function fieldsOf(document: OpenApi, schema: Schema, prefix = '', depth = 0): Field[] {
  const { properties = {}, required = [] } = resolve(document, schema)
  return Object.entries(properties).flatMap(([name, raw]) => {
    const field = withoutNull(document, raw)
    const path = prefix + name
    const line = {
      name: path,
      type: typeName(document, raw),
      required: required.includes(name),
      description: raw.description ?? field.description ?? '',
    }
    const inner = field.type === 'array' && field.items ? resolve(document, field.items) : field
    const mark = field.type === 'array' ? '[].' : '.'
    return depth < MAX_DEPTH && inner.properties ? [line, ...fieldsOf(document, inner, path + mark, depth + 1)] : [line]
  })
}

const MAX_DEPTH = 3

/** Returns a type in words: `string`, `array of string`, `"live" or "test"`. */
export function typeName(document: OpenApi, raw: Schema): string {
  const schema = resolve(document, raw)
  if (schema.anyOf) return schema.anyOf.map((one) => typeName(document, one)).join(' or ')
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === 'array') return `array of ${schema.items ? typeName(document, schema.items) : 'anything'}`
  return schema.format ?? schema.type ?? 'anything'
}

export function resolve(document: OpenApi, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : (document.components.schemas[name] ?? {})
}

/** Returns what a schema is when it is not null. */
function withoutNull(document: OpenApi, raw: Schema): Schema {
  const schema = resolve(document, raw)
  const other = schema.anyOf?.find((one) => one.type !== 'null')
  return other ? resolve(document, other) : schema
}
