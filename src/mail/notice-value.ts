/** Makes foreign values safe for mails that Facteur sends in its own name. */
import { withoutLinks } from '../domain/link-text'
import { oneLine } from './variables'

/** Puts a value on one line, with nothing in it that the reader's program makes a link of: names come from customers, forms and servers. */
export const noticeValue = (text: string): string => withoutLinks(oneLine(text))

/** The same for texts that may hold no link at all: a dot at the end, as of `Inc.`, makes no host of the letters that follow. */
export const linkFreeValue = (text: string): string => noticeValue(text).replace(/[.。｡]$/u, '$&\u200b')
