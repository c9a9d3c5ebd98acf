/**
 * Reads and parses posted forms. A form's values are text by field name; a name with dots (`lines.0.description`) is a path,
 * so rows of fields parse into arrays. A schema's messages are locale keys: `v.nonEmpty('field.required')`.
 */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import en from '../../../locales/en.json'
import { MAX_LINES } from '../../domain/document-content'
import { holdsLink, holdsLinkOrHost } from '../../domain/link-text'
import type { Refused } from '../../domain/result'
import { cleanLine, cleanText } from '../../domain/text'
import type { Key, Translate } from '../../i18n'
import { refusalText } from './refusal-text'

export type FormValues = Record<string, string>

/** Holds the typed values and errors of a form, by field name. */
export interface FormState {
  values: FormValues
  errors: Record<string, string>
}

export const emptyForm: FormState = { values: {}, errors: {} }

/** Reads the fields of a posted form without its files; of several fields with one name the last counts. */
export async function readForm(c: Context): Promise<FormValues> {
  const body = await wellFormed(c.req.parseBody())
  const texts = Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(texts.map(([name, text]) => [name, text.replaceAll('\r\n', '\n')]))
}

/** Throws 400 for a malformed body. */
export const wellFormed = <T>(body: Promise<T>): Promise<T> =>
  body.catch((cause: unknown) => {
    throw new HTTPException(400, { cause })
  })

/** Reads an uploaded file; undefined when none was chosen. */
export async function readFile(c: Context, name: string): Promise<{ name: string; bytes: Uint8Array } | undefined> {
  const file = (await wellFormed(c.req.parseBody()))[name]
  if (!(file instanceof File) || (file.size === 0 && file.name === '')) return undefined
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
}

type Parsed<T> = { ok: true; value: T; values: FormValues } | ({ ok: false } & FormState)

/** Parses a form. If it is invalid, returns the typed values and an error for each invalid field. */
export function parseForm<S extends v.GenericSchema>(
  schema: S,
  typed: FormValues,
  t: Translate,
): Parsed<v.InferOutput<S>> {
  const input = unflatten(typed)
  const values = flatten(input)
  const parsed = v.safeParse(schema, input)
  if (parsed.success) return { ok: true, value: parsed.output, values }
  const errors: Record<string, string> = {}
  for (const issue of parsed.issues) errors[v.getDotPath(issue) ?? ''] ??= sentence(issue.message, t)
  return { ok: false, values, errors }
}

const isKey = (message: string): message is Key => message in en

/** Serialises a refusal for the message of a valibot issue, which can only be text. */
export const refusalMessage = ({ reason, details }: Refused): string => JSON.stringify({ ok: false, reason, details })

function sentence(message: string, t: Translate): string {
  if (message.startsWith('{')) return refusalText(t, JSON.parse(message) as Refused)
  return t(isKey(message) ? message : 'field.invalid')
}

const MAX_DEPTH = 8
/** One more than the longest list of any form, so that the list's check still finds too many rows. */
const MAX_ROWS = MAX_LINES + 1

interface Nested {
  [name: string]: string | Nested | (string | Nested)[]
}

/** Nests values by their paths: `{'a.0.b': 'x', 'a.2.b': 'y'}` → `{a: [{b: 'x'}, {b: 'y'}]}`; removed rows leave no holes. */
export function unflatten(values: FormValues): Nested {
  const root: Nested = Object.create(null)
  for (const [name, text] of Object.entries(values)) {
    const path = name.split('.', MAX_DEPTH + 1)
    // No form has such a field, and recursion over its nested value could overflow the stack.
    if (path.length > MAX_DEPTH) continue
    const last = path.pop() ?? ''
    let node = root
    for (const step of path) {
      const found = node[step]
      const next: Nested = typeof found === 'object' && !Array.isArray(found) ? found : Object.create(null)
      node[step] = next
      node = next
    }
    node[last] = text
  }
  return withArrays(root) as Nested
}

function withArrays(node: string | Nested | (string | Nested)[]): string | Nested | (string | Nested)[] {
  if (typeof node === 'string' || Array.isArray(node)) return node
  const names = Object.keys(node)
  const entries = names.map((name) => [name, withArrays(node[name] ?? '')] as const)
  if (names.length > 0 && names.every((name) => /^\d{1,4}$/.test(name)))
    return entries
      .sort(([a], [b]) => Number(a) - Number(b))
      .slice(0, MAX_ROWS)
      .map(([, value]) => value as string | Nested)
  return Object.assign(Object.create(null), Object.fromEntries(entries))
}

/** Reverses `unflatten`: `{a: [{b: 'x'}]}` → `{'a.0.b': 'x'}`. Numbers and true become text; false, null and undefined become ''. */
export function flatten(value: unknown, prefix = ''): FormValues {
  if (value === null || typeof value !== 'object')
    return { [prefix]: value === true ? 'on' : String(value || (value === 0 ? 0 : '')) }
  const parts = Object.entries(value).map(([name, inner]) => flatten(inner, prefix ? `${prefix}.${name}` : name))
  return Object.assign({}, ...parts)
}

/** Returns a schema for one line of text, cleaned, of `max` characters at most. */
export const line = (max = 200) =>
  v.pipe(v.optional(v.string(), ''), v.transform(cleanLine), v.maxLength(max, 'field.too_long'))

/** Returns a schema for one line that is required. */
export const requiredLine = (max = 200) => v.pipe(line(max), v.nonEmpty('field.required'))

/** Returns a schema for the name of a person or company. Refuses links and hosts, since mails to strangers contain it. */
export const nameLine = () =>
  v.pipe(
    line(),
    v.check((name) => !holdsLinkOrHost(name), 'field.no_link'),
  )

/** Returns a schema for the legal name of a company. It may be a host, from which mails remove the link. */
export const legalNameLine = () =>
  v.pipe(
    requiredLine(),
    v.check((name) => !holdsLink(name), 'field.no_link'),
  )

/** Returns a schema for a text of several lines. */
export const text = (max = 2000) =>
  v.pipe(v.optional(v.string(), ''), v.transform(cleanText), v.maxLength(max, 'field.too_long'))

/** Returns a schema for a checkbox. */
export const checkbox = () =>
  v.pipe(
    v.optional(v.string(), ''),
    v.transform((typed) => typed !== ''),
  )

/** Returns a schema for the version that a form contains, against stale saves. */
export const version = () =>
  v.pipe(v.optional(v.string(), ''), v.digits('field.invalid'), v.transform(Number), v.safeInteger('field.invalid'))
