/** Serves sends. A key sees those of documents of its mode. */
import { Hono } from 'hono'
import { retryStale } from '../../commands/retry-stale'
import { cancelSend } from '../../commands/sends/cancel-send'
import { type SendRefusal, sendDocument } from '../../commands/sends/send-document'
import { findDocument } from '../../db/documents'
import { findListedSend, type ListedSend, listSends } from '../../db/send-list'
import { mailStateOf } from '../../domain/delivery'
import { isTestDocument } from '../../domain/test-mode'
import { routes } from '../../routes'
import type { ApiContext, ApiEnv } from '../api-env'
import { listReply } from '../list-reply'
import { idFor } from '../middleware/idempotent'
import { Problem } from '../problem'
import { refusalProblem } from '../refusal'
import { serve } from '../serve'
import { chooseRecipients, readSend } from './read-send'
import { sendJson } from './send-json'
import * as operations from './send-operations'
import { sendProblem } from './send-problem'
import type { NewSend } from './send-schemas'

export const sendRoutes = new Hono<ApiEnv>()

serve(sendRoutes, operations.createSend, async (c, { params: { id: documentId }, body }) => {
  if (isTestDocument(documentId) !== c.var.key.test) throw new Problem('not_found')
  const sendId = idFor(c, 'snd')
  // A repeat of a request that died after its commit: what the form would choose may have changed since.
  const earlier =
    c.var.ulid === undefined ? undefined : await findListedSend(c.var.deps.db, c.var.key.accountId, sendId)
  if (!earlier) await send(c, { documentId, sendId }, body)
  c.header('Location', routes.api + routes.apiSend(sendId))
  return sendJson(earlier ?? (await theSend(c, sendId)))
})

serve(sendRoutes, operations.listSends, async (c, { query }) => {
  const { limit, cursor: before, document_id: documentId, external_id: externalId, state } = query
  const { deps, key } = c.var
  const filter = { test: key.test, documentId, externalId, state }
  const { sends, next } = await listSends(deps.db, key.accountId, filter, { before, limit })
  return listReply(c, sends.map(sendJson), next)
})

serve(sendRoutes, operations.getSend, async (c, { params }) => sendJson(await theSend(c, params.id)))

serve(sendRoutes, operations.deleteSend, async (c, { params: { id: sendId } }) => {
  const { deps, key } = c.var
  const { accountId, id: userId } = key
  const { documentId, deliveries } = await theSend(c, sendId)
  const undone = mailStateOf(deliveries.map(({ status }) => status)) === 'not_sent'
  if (!undone) {
    const done = await cancelSend(deps, { accountId, userId, documentId, sendId })
    if (!done.ok) throw refusalProblem(done)
  }
  return sendJson(await theSend(c, sendId))
})

/** Sends a document as it is now: one that changes meanwhile is read again. */
async function send(c: ApiContext, { documentId, sendId }: { documentId: string; sendId: string }, body: NewSend) {
  const { deps, key } = c.var
  const { accountId, id: userId } = key
  const content = readSend(c, body)
  const sent = await retryStale(async () => {
    const document = await findDocument(deps.db, accountId, documentId)
    if (!document) throw new Problem('not_found')
    const chosen = await chooseRecipients(c, document, body)
    const done = await sendDocument(deps, { accountId, userId, sendId, ...chosen, ...content })
    return !done.ok && isOvertaken(done) ? undefined : done
  })
  if (!sent.ok) throw sent.reason === 'busy' ? refusalProblem(sent) : sendProblem(sent)
}

const isOvertaken = ({ reason }: SendRefusal): boolean => reason === 'stale' || reason === 'already_final'

async function theSend(c: ApiContext, id: string): Promise<ListedSend> {
  const { deps, key } = c.var
  const found = await findListedSend(deps.db, key.accountId, id)
  if (!found || isTestDocument(found.documentId) !== key.test) throw new Problem('not_found')
  return found
}
