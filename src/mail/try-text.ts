/**
 * Tries a text before it is saved: compiles and fills it under the limits of sending, so that no mail exceeds them
 * later.
 */
import { isNoticeKind, type TextKind, type Translation } from '../domain/translation'
import { type Fill, parseHtml, parseText, type Scope } from './liquid'
import { renderMarkdown } from './markdown'
import { withDashes } from './missing-values'
import { Placeholders } from './placeholders'
import { FRAME_CHARS, MAX_FILLED_CHARS, MAX_TEMPLATE_CHARS, TextTooLargeError } from './text-limits'
import { variablesOf } from './variables'

/** Longer than any real value, also because each of these characters is escaped. */
const LONGEST_VALUE = '&'.repeat(300)

/**
 * Returns why a subject or body can't be sent; undefined where it stays within the limits of a mail, with the layout
 * around it and the longest values of its variables.
 */
export function tryText(text: string, field: keyof Translation, kind: TextKind): 'too_large' | 'syntax' | undefined {
  try {
    const compiled = isNoticeKind(kind) ? text : withDashes(text)
    const templates = field === 'subject' ? [parseText(compiled)] : parseBody(compiled)
    const fits = ['', LONGEST_VALUE].every((value) => fitsFilled(templates, scopeOf(kind, value)))
    return fits ? undefined : 'too_large'
  } catch (error) {
    return isLimit(error) ? 'too_large' : 'syntax'
  }
}

/** Recognises liquidjs's limits by their message: they have no class, and an error thrown inside is wrapped. */
const isLimit = (error: unknown): boolean =>
  error instanceof TextTooLargeError || (error instanceof Error && error.message.includes('limit exceeded'))

function parseBody(text: string): Fill[] {
  const placeholders = new Placeholders(text)
  const written = renderMarkdown(placeholders.hide(text), placeholders)
  const html = placeholders.reveal(written.html)
  if (html.length > MAX_TEMPLATE_CHARS - FRAME_CHARS) throw new TextTooLargeError('the template is too long')
  return [parseHtml(html), parseText(placeholders.reveal(written.text))]
}

const fitsFilled = (templates: Fill[], scope: Scope): boolean =>
  templates.every((fill) => fill(scope).length <= MAX_FILLED_CHARS - FRAME_CHARS)

function scopeOf(kind: TextKind, value: string): Scope {
  const scope: Scope = {}
  for (const variable of variablesOf(kind)) {
    const [group = '', name = ''] = variable.split('.')
    scope[group] = { ...scope[group], [name]: value }
  }
  return scope
}
