/** Which link targets a merchant's Markdown may have: http, https and mailto, or the document's own link. */
import type { Placeholders } from './placeholders'
import { LINK_VARIABLE } from './variables'

const SCHEMES = ['http:', 'https:', 'mailto:']
const ONLY_LINK_VARIABLE = new RegExp(`^\\{\\{-?\\s*${LINK_VARIABLE.replace('.', '\\.')}\\s*-?\\}\\}$`)

/** The target with values in it percent-encoded when they are filled in, or undefined for one that must not become a link. */
export function safeLink(target: string, placeholders: Placeholders): string | undefined {
  const tags = placeholders.tagsIn(target)
  const [first = ''] = tags
  if (ONLY_LINK_VARIABLE.test(first) && placeholders.reveal(target) === first) return target
  if (tags.some((tag) => !tag.startsWith('{{'))) return undefined
  const url = URL.parse(target)
  if (!url || !SCHEMES.includes(url.protocol)) return undefined
  return placeholders.map(url.href, (tag) => tag.replace(/\s*-?\}\}$/, ' | url_part }}'))
}
