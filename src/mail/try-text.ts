/** The trial that a text passes before it is kept: made and filled under the limits of sending, so that no mail fails by them later. */
import type { TextKind, Translation } from '../domain/translation'
import { type Fill, parseHtml, parseText, type Scope } from './liquid'
import { renderMarkdown } from './markdown'
import { Placeholders } from './placeholders'
import { FRAME_CHARS, MAX_FILLED_CHARS, MAX_TEMPLATE_CHARS, TextTooLargeError } from './text-limits'
import { variablesOf } from './variables'

/** No value is longer. Each of these characters is escaped, so it fills what no real value does. */
const LONGEST_VALUE = '&'.repeat(300)

/**
 * Returns why a subject or body can't be sent, or undefined where it stays within the limits of a mail, with the layout around it and
 * whatever its variables hold.
 */
export function tryText(text: string, field: keyof Translation, kind: TextKind): 'too_large' | 'syntax' | undefined {
  try {
    const templates = field === 'subject' ? [parseText(text)] : parseBody(text)
    const fits = ['', LONGEST_VALUE].every((value) => fitsFilled(templates, scopeOf(kind, value)))
    return fits ? undefined : 'too_large'
  } catch (error) {
    return isLimit(error) ? 'too_large' : 'syntax'
  }
}

/** liquidjs names its own limits in words alone, and wraps what is thrown within them. */
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
