/** Parses and fills Liquid as merchants may use it: named variables, a few filters, conditions. No loops, no files. */
import { Liquid, type Template, Tokenizer, TokenKind } from 'liquidjs'
import { MAX_FILLED_CHARS, MAX_TEMPLATE_CHARS, TextTooLargeError } from './text-limits'

export const FILTERS = ['default', 'upcase', 'downcase', 'capitalize', 'truncate']
export const TAGS = ['if', 'unless']

/** Values by group: `{ contact: { name: 'Anna' } }` for `{{ contact.name }}`. */
export type Scope = Record<string, Record<string, unknown>>

/** A parsed template. Throws on a variable that has no value, and a TextTooLargeError where the result is too long. */
export type Fill = (scope: Scope) => string

/** HTML that is already safe, so it is not escaped. */
export class SafeHtml {
  readonly html: string
  constructor(html: string) {
    this.html = html
  }
}

const htmlValue = (value: unknown) => (value instanceof SafeHtml ? value.html : escapeHtml(asText(value)))
/** Parses what merchants may write, in order to check it. */
export const plainLiquid = createLiquid(asText)
const textLiquid = withOwnFilters(createLiquid(asText))
const htmlLiquid = withOwnFilters(createLiquid(htmlValue))

/** Parses a template whose values are escaped for HTML. Throws liquidjs's errors when it can't be parsed. */
export const parseHtml = (template: string): Fill => parse(template, htmlLiquid, htmlValue)

/** Parses a template whose values are not escaped. Throws liquidjs's errors when it can't be parsed. */
export const parseText = (template: string): Fill => parse(template, textLiquid, asText)

function createLiquid(outputEscape: (value: unknown) => string): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // So that a condition on an empty due date is not met.
    jsTruthy: true,
    outputEscape,
    parseLimit: MAX_TEMPLATE_CHARS,
    renderLimit: 1_000,
    memoryLimit: 100_000,
    templates: {},
  })
  for (const name of Object.keys(liquid.tags)) if (!TAGS.includes(name)) delete liquid.tags[name]
  for (const name of Object.keys(liquid.filters)) if (!FILTERS.includes(name)) delete liquid.filters[name]
  return liquid
}

/**
 * Adds the filters that compiling applies, and merchants can't use: `url_part` to values inside a link's target,
 * `or_dash` to values that a sentence needs (`withDashes`).
 */
function withOwnFilters(liquid: Liquid): Liquid {
  liquid.registerFilter('url_part', urlPart)
  liquid.registerFilter('or_dash', orDash)
  return liquid
}

function parse(template: string, liquid: Liquid, formatValue: (value: unknown) => string): Fill {
  const parsed = liquid.parse(template)
  if (findRange(parsed) !== undefined) throw new Error('ranges are not allowed')
  return parseVariables(template, formatValue) ?? ((scope) => limited(liquid.renderSync(parsed, scope)))
}

function limited(filled: string): string {
  if (filled.length > MAX_FILLED_CHARS) throw new TextTooLargeError('the filled text is too long')
  return filled
}

/**
 * Returns the position of the first range such as `(1..9)`, which becomes a list of that many numbers in memory.
 * `template` is what liquidjs parsed; a range may be in an output, in a condition or in a filter's argument.
 */
export function findRange(template: Template[]): { begin: number; end: number } | undefined {
  const seen = new Set<object>()
  const waiting: unknown[] = [template]
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (typeof node !== 'object' || node === null || node instanceof Liquid || seen.has(node)) continue
    seen.add(node)
    if ('kind' in node && node.kind === TokenKind.Range && 'begin' in node && 'end' in node)
      return { begin: Number(node.begin), end: Number(node.end) }
    waiting.push(...Object.values(node).reverse())
  }
  return undefined
}

const VARIABLE = /^\{\{ *([a-z_]+)\.([a-z_]+) *(\| or_dash *)?\}\}$/
const CONDITION = /^\{% *if +([a-z_]+)\.([a-z_]+) *%\}$/
const END = /^\{% *endif *%\}$/

/** Text, a variable, or a condition with the parts inside it. */
type Part = string | { group: string; name: string; inside?: Part[]; orDash?: boolean }

/**
 * Parses a template that contains only variables and conditions on them that are not nested; undefined for any other.
 * Most templates are such, and filling them without liquidjs's interpreter is ten times as fast.
 */
function parseVariables(template: string, formatValue: (value: unknown) => string): Fill | undefined {
  const parts: Part[] = []
  let open: Part[] | undefined
  for (const { kind, source } of pieces(template)) {
    const [, group = '', name = '', dash] = VARIABLE.exec(source) ?? CONDITION.exec(source) ?? []
    if (kind === 'text') (open ?? parts).push(source)
    else if (kind === 'output' && name) (open ?? parts).push({ group, name, orDash: dash !== undefined })
    else if (kind === 'tag' && name && !open) {
      open = []
      parts.push({ group, name, inside: open })
    } else if (kind === 'tag' && open && END.test(source)) open = undefined
    else return undefined
  }
  return (scope) => fillParts(parts, scope, formatValue)
}

function fillParts(parts: readonly Part[], scope: Scope, formatValue: (value: unknown) => string): string {
  let filled = ''
  for (const part of parts) {
    if (typeof part === 'string') filled = limited(filled + part)
    else if (!part.inside) filled = limited(filled + formatValue(outputOf(part, scope)))
    else if (lookUp(scope, part.group, part.name)) filled = limited(filled + fillParts(part.inside, scope, formatValue))
  }
  return filled
}

function outputOf({ group, name, orDash: withDash }: Exclude<Part, string>, scope: Scope): unknown {
  const found = lookUp(scope, group, name)
  return withDash ? orDash(found) : found
}

function lookUp(scope: Scope, group = '', name = ''): unknown {
  const values = Object.hasOwn(scope, group) ? scope[group] : undefined
  if (values && Object.hasOwn(values, name) && values[name] !== undefined) return values[name]
  throw new Error(`undefined variable: ${group}.${name}`)
}

/** A piece of a template: text, an output `{{ … }}` or a tag `{% … %}`. */
export interface Piece {
  kind: 'text' | 'output' | 'tag'
  source: string
  offset: number
}

/** Splits a template as Liquid does. Throws liquidjs's TokenizationError on an unclosed `{{` or `{%`. */
export function pieces(template: string): Piece[] {
  return new Tokenizer(template).readTopLevelTokens(plainLiquid.options).map((token) => ({
    kind: token.kind === TokenKind.Output ? 'output' : token.kind === TokenKind.Tag ? 'tag' : 'text',
    source: template.slice(token.begin, token.end),
    offset: token.begin,
  }))
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Percent-encodes a value inside a link's target, except the @ of an address. */
function urlPart(value: unknown): string {
  return encodeURIComponent(asText(value).toWellFormed()).replaceAll('%40', '@')
}

function orDash(value: unknown): unknown {
  return asText(value).trim() === '' ? '–' : value
}

function asText(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}
