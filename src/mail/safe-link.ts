/**
 * Checks the link targets of a merchant's Markdown: http, https and mailto, or a variable that is a page's whole
 * address.
 */
import type { Placeholders } from './placeholders'
import { LINK_VARIABLES } from './variables'

const SCHEMES = ['http:', 'https:', 'mailto:']
const WHOLE_VARIABLE = /^\{\{-?\s*([\w.]+)\s*-?\}\}$/

/**
 * Returns the target, whose variables are percent-encoded when they are filled in; undefined for one that must not
 * become a link.
 */
export function safeLink(target: string, placeholders: Placeholders): string | undefined {
  const tags = placeholders.tagsIn(target)
  const [first = ''] = tags
  const only = placeholders.reveal(target) === first ? WHOLE_VARIABLE.exec(first)?.[1] : undefined
  if (LINK_VARIABLES.some((name) => name === only)) return target
  if (tags.some((tag) => !tag.startsWith('{{'))) return undefined
  const url = URL.parse(target)
  if (!url || !SCHEMES.includes(url.protocol)) return undefined
  return placeholders.map(url.href, (tag) => tag.replace(/(?: \| or_dash)?\s*-?\}\}$/, ' | url_part }}'))
}
