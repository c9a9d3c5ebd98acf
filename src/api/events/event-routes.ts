/** Serves what happened, as webhooks carry it: for programs that ask instead of being called. */
import { Hono } from 'hono'
import { eventJson } from '../../commands/webhooks/event-body'
import { readEventSubjects } from '../../db/event-subjects'
import { listOutgoingEvents } from '../../db/outgoing-events'
import type { ApiEnv } from '../api-env'
import { listReply } from '../list-reply'
import { serve } from '../serve'
import { listEvents } from './event-operations'

export const eventRoutes = new Hono<ApiEnv>()

serve(eventRoutes, listEvents, async (c, { query: { limit, cursor, type } }) => {
  const { deps, key } = c.var
  const filter = { accountId: key.accountId, test: key.test, types: type && [type] }
  const found = await listOutgoingEvents(deps.db, filter, { before: cursor, limit: limit + 1 })
  const shown = found.slice(0, limit)
  const subjects = await readEventSubjects(deps.db, key.accountId, shown)
  return listReply(
    c,
    shown.map((event) => eventJson(event, subjects)),
    found.length > limit ? shown.at(-1)?.id : undefined,
  )
})
