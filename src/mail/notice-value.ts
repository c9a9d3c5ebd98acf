/** Makes values from outside safe for mails that Facteur sends in its own name. */
import { withoutLinks } from '../domain/link-text'
import { oneLine } from './variables'

/**
 * Returns a value on one line, changed so that mail programs make no link of it: names come from customers, forms and
 * servers.
 */
export const noticeValue = (text: string): string => withoutLinks(oneLine(text))

/**
 * Returns the same for texts that may contain no link at all: a dot at the end, as in `Inc.`, must not make a host
 * name with the letters that follow.
 */
export const linkFreeValue = (text: string): string => noticeValue(text).replace(/[.。｡]$/u, '$&\u200b')
