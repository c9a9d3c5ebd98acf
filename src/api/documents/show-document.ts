import { dateIn } from '../../domain/calendar'
import type { ApiContext } from '../api-env'
import { conditional } from '../etag'
import { documentJson, type Today } from './document-json'
import { theDocument } from './read-document'

/** Responds with a document and its tag. */
export const showDocument = async (c: ApiContext, id: string) =>
  conditional(c, documentJson(await theDocument(c, id), todayOf(c)))

export function todayOf(c: ApiContext): Today {
  const { timeZone } = c.var.account.settings
  return { today: dateIn(c.var.deps.now(), timeZone), timeZone }
}
