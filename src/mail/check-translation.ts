import { LiquidError } from 'liquidjs'
import type { TextKind, Translation } from '../domain/translation'
import { findLinks } from './find-links'
import { FILTERS, findRange, type Piece, pieces, plainLiquid, TAGS } from './liquid'
import { linksIn } from './markdown'
import { Placeholders } from './placeholders'
import { safeLink } from './safe-link'
import { tryText } from './try-text'
import { mayLink, variablesOf } from './variables'

/** A problem of a text; `mail.problem.<reason>` explains it, with {detail}. */
export interface TranslationProblem {
  field: keyof Translation
  /** Line and column count from 1. */
  line: number
  column: number
  reason:
    | 'unknown_variable'
    | 'unknown_filter'
    | 'unknown_tag'
    | 'unclosed'
    | 'syntax'
    | 'range'
    | 'unsafe_link'
    | 'no_link'
    | 'image'
    | 'empty'
    | 'too_long'
    | 'too_large'
  /** The part of the text that has the problem. */
  detail: string
}

/** Matches a line with too many nested quotes and lists: the Markdown parser recurses into each. */
const TOO_NESTED = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){21}/m

export const MAX_LENGTH: Record<keyof Translation, number> = { subject: 200, body: 10_000 }

/**
 * Returns the problems of a merchant's subject and body for this kind of mail, in the order of the text; empty when it
 * can be sent.
 */
export function checkTranslation(translation: Translation, kind: TextKind): TranslationProblem[] {
  return (['subject', 'body'] as const).flatMap((field) => {
    const text = translation[field]
    return problemsOf(text, field, kind)
      .sort((a, b) => a.offset - b.offset)
      .map(({ offset, reason, detail }) => ({ field, ...position(text, offset), reason, detail: shorten(detail) }))
  })
}

interface FoundProblem extends Pick<TranslationProblem, 'reason' | 'detail'> {
  offset: number
}

function problemsOf(text: string, field: keyof Translation, kind: TextKind): FoundProblem[] {
  if (text.trim() === '') return [{ offset: 0, reason: 'empty', detail: '' }]
  const limit = MAX_LENGTH[field]
  if (text.length > limit) return [{ offset: limit, reason: 'too_long', detail: String(limit) }]
  const nested = field === 'body' ? TOO_NESTED.exec(text) : null
  if (nested) return [{ offset: nested.index, reason: 'syntax', detail: firstLine(text.slice(nested.index)) }]
  const { found, unclosed } = splitPieces(text)
  const known: readonly string[] = variablesOf(kind)
  const problems = [...unclosed, ...found.flatMap((piece) => pieceProblems(piece, known))]
  // A text can be parsed as a whole only when each of its pieces is valid.
  if (problems.length === 0) problems.push(...wholeProblems(text, found, known))
  // The checks that follow need a text that is within the limits.
  if (problems.length === 0) problems.push(...trialProblems(text, field, kind))
  if (problems.length === 0 && field === 'body') problems.push(...linkProblems(text))
  if (problems.length === 0 && !mayLink(kind)) problems.push(...forbiddenLinks(text))
  return problems
}

/** Splits a text into pieces up to the first `{{` or `{%` that is not closed; Liquid can't parse what follows. */
function splitPieces(text: string): { found: Piece[]; unclosed: FoundProblem[] } {
  try {
    return { found: pieces(text), unclosed: [] }
  } catch (error) {
    const offset = offsetOf(error)
    const before = offset === 0 ? { found: [], unclosed: [] } : splitPieces(text.slice(0, offset))
    if (before.unclosed.length > 0) return before
    return { found: before.found, unclosed: [{ offset, reason: 'unclosed', detail: firstLine(text.slice(offset)) }] }
  }
}

function pieceProblems({ kind, source, offset }: Piece, variables: readonly string[]): FoundProblem[] {
  if (kind === 'text') return []
  if (kind === 'output') return unknownVariables(source, offset, variables) ?? [outputProblem(source, offset)]
  const name = /^\{%-?\s*(\S*?)\s*-?(\s|%\})/.exec(source)?.[1] ?? ''
  const known = [...TAGS, ...TAGS.map((tag) => `end${tag}`), 'else', 'elsif'].includes(name)
  return known ? [] : [{ offset, reason: 'unknown_tag', detail: source }]
}

/** Returns the unknown variables of a piece; undefined when Liquid can't parse it. */
function unknownVariables(source: string, offset: number, known: readonly string[]): FoundProblem[] | undefined {
  try {
    const { variables } = plainLiquid.analyzeSync(plainLiquid.parse(source))
    return Object.values(variables)
      .flat()
      .filter((variable) => !known.includes(variable.segments.join('.')))
      .map((variable) => {
        const { row, col } = variable.location
        return { offset: offset + offsetAt(source, row, col), reason: 'unknown_variable', detail: String(variable) }
      })
  } catch {
    return undefined
  }
}

function outputProblem(source: string, offset: number): FoundProblem {
  const filter = [...source.matchAll(/\|\s*(\w+)/g)].find((match) => !FILTERS.includes(match[1] ?? ''))
  if (filter) return { offset: offset + filter.index, reason: 'unknown_filter', detail: filter[1] ?? '' }
  return { offset, reason: 'syntax', detail: source }
}

function wholeProblems(text: string, found: Piece[], variables: readonly string[]): FoundProblem[] {
  try {
    const range = findRange(plainLiquid.parse(text))
    if (range) return [{ offset: range.begin, reason: 'range', detail: text.slice(range.begin, range.end) }]
    return unknownVariables(text, 0, variables) ?? []
  } catch (error) {
    const offset = offsetOf(error)
    const detail = found.find((piece) => piece.offset === offset)?.source ?? firstLine(text.slice(offset))
    const unclosed = error instanceof Error && error.message.includes('not closed')
    return [{ offset, reason: unclosed ? 'unclosed' : 'syntax', detail }]
  }
}

function linkProblems(text: string): FoundProblem[] {
  const placeholders = new Placeholders(text)
  let searchFrom = 0
  return linksIn(placeholders.hide(text)).flatMap((link): FoundProblem[] => {
    const target = placeholders.reveal(link.href)
    const source = placeholders.reveal(link.raw)
    const at = Math.max(text.indexOf(source, searchFrom), searchFrom)
    // No two links begin at the same place, so the next search starts behind this one.
    searchFrom = Math.min(at + 1, text.length)
    const found = { offset: at + targetAt(text.slice(at), source, target), detail: target }
    if (link.type === 'image') return [{ ...found, reason: 'image' }]
    return safeLink(link.href, placeholders) === undefined ? [{ ...found, reason: 'unsafe_link' }] : []
  })
}

/**
 * Finds where a link's target stands, counted from the link's start: inline, or in its definition below.
 */
function targetAt(text: string, source: string, target: string): number {
  const inside = source.indexOf(target, source.indexOf('](') + 1)
  if (inside !== -1) return inside
  const defined = text.indexOf(`]: ${target}`)
  return defined === -1 ? 0 : defined + ']: '.length
}

function trialProblems(text: string, field: keyof Translation, kind: TextKind): FoundProblem[] {
  const reason = tryText(text, field, kind)
  return reason ? [{ offset: 0, reason, detail: firstLine(text) }] : []
}

/** Returns the links of a text, and the parts that mail programs show as links. */
function forbiddenLinks(text: string): FoundProblem[] {
  const detected = findLinks(text).map(({ offset, source }) => ({ offset, detail: firstLine(source) }))
  const placeholders = new Placeholders(text)
  const [written] = linksIn(placeholders.hide(text))
  const found =
    detected.length === 0 && written
      ? [
          {
            offset: Math.max(0, text.indexOf(placeholders.reveal(written.raw))),
            detail: placeholders.reveal(written.raw),
          },
        ]
      : detected
  return found.map((link) => ({ ...link, reason: 'no_link' }))
}

const offsetOf = (error: unknown): number => (error instanceof LiquidError ? error.token.begin : 0)

function offsetAt(text: string, row: number, column: number): number {
  const before = text.split('\n').slice(0, row - 1)
  return before.reduce((sum, line) => sum + line.length + 1, 0) + column - 1
}

function position(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''

/** Shortens a text without splitting a character. */
const shorten = (text: string): string => (text.length > 60 ? `${[...text].slice(0, 60).join('')}…` : text)
