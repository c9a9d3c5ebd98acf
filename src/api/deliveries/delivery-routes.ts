/** Serves deliveries. A key sees those of documents of its mode. */
import { Hono } from 'hono'
import type { InferInput, InferOutput } from 'valibot'
import { readMail, UnsendableError } from '../../commands/stored-mail'
import { type DeliveryFilter, type DeliveryItem, findDelivery, listDeliveries } from '../../db/delivery-list'
import { findDocument } from '../../db/documents'
import { isFailure } from '../../domain/delivery'
import { addressKey } from '../../domain/email-addresses'
import { idFloor } from '../../domain/id-range'
import { isTestDocument } from '../../domain/test-mode'
import type { ApiContext, ApiEnv } from '../api-env'
import { loadHistory } from '../documents/history'
import { isoTime } from '../fields'
import { listReply } from '../list-reply'
import { Problem } from '../problem'
import { sendDeliveryJson } from '../sends/send-json'
import { serve } from '../serve'
import * as operations from './delivery-operations'
import type { DeliveryJson, DeliveryQuery } from './delivery-schemas'

export const deliveryRoutes = new Hono<ApiEnv>()

serve(deliveryRoutes, operations.listDeliveries, async (c, { query: { limit, cursor: before, ...filter } }) => {
  const { deps, key } = c.var
  const found = await listDeliveries(deps.db, key.accountId, filterOf(filter, key.test), { before, limit })
  return listReply(c, found.items.map(deliveryJson), found.next)
})

serve(deliveryRoutes, operations.getDelivery, async (c, { params }) => deliveryJson(await theDelivery(c, params.id)))

serve(deliveryRoutes, operations.getDeliveryMessage, async (c, { params }) => {
  const { id, hasMail } = await theDelivery(c, params.id)
  const mime = hasMail ? await findMessage(c, id) : undefined
  if (!mime) throw new Problem('not_found')
  return c.body(mime as Uint8Array<ArrayBuffer>, 200, {
    'Content-Type': 'message/rfc822',
    'Content-Disposition': `attachment; filename="${id}.eml"`,
  })
})

serve(deliveryRoutes, operations.listDeliveryHistory, async (c, { params, query: { limit, cursor } }) => {
  const { deps, key } = c.var
  const { id, documentId } = await theDelivery(c, params.id)
  const document = await findDocument(deps.db, key.accountId, documentId)
  const entries = document ? (await loadHistory(deps, document)).filter((entry) => entry.delivery_id === id) : []
  const start = entries.findIndex((entry) => entry.id === cursor) + 1
  const shown = entries.slice(start, start + limit)
  return listReply(c, shown, entries.length > start + limit ? shown.at(-1)?.id : undefined)
})

async function theDelivery(c: ApiContext, id: string): Promise<DeliveryItem> {
  const { deps, key } = c.var
  const found = await findDelivery(deps.db, key.accountId, id)
  if (!found || isTestDocument(found.documentId) !== key.test) throw new Problem('not_found')
  return found
}

/** Returns the bytes of a mail; undefined once it is no longer kept. */
async function findMessage(c: ApiContext, id: string): Promise<Uint8Array | undefined> {
  try {
    return (await readMail(c.var.deps, { accountId: c.var.key.accountId, id })).mime
  } catch (error) {
    if (error instanceof UnsendableError) return undefined
    throw error
  }
}

type Filter = Omit<InferOutput<typeof DeliveryQuery>, 'limit' | 'cursor'>

function filterOf(query: Filter, test: boolean): DeliveryFilter {
  const { state, problem, document_id: documentId, send_id: sendId, contact_id: contactId, address } = query
  const { created_from: from, created_to: to } = query
  const open = problem !== undefined
  return {
    ...{ test, open, documentId, sendId, contactId },
    statuses: state && [state],
    failures: open || (state !== undefined && isFailure(state)),
    addressKey: address === undefined ? undefined : addressKey(address),
    from: from === undefined ? undefined : idFloor('dlv', Date.parse(from)),
    below: to === undefined ? undefined : idFloor('dlv', Date.parse(to) + 1),
  }
}

const deliveryJson = (item: DeliveryItem): InferInput<typeof DeliveryJson> => ({
  ...sendDeliveryJson(item),
  document_id: item.documentId,
  send_id: item.sendId,
  contact_id: item.contactId,
  purpose: item.purpose,
  problem: item.open === 1,
  attempts: item.attempt,
  next_attempt_at: isoTime(item.status === 'queued' ? item.dueAt : null),
  provider_connection: item.connection,
  from: item.senderAddress,
  pdf: item.attachesPdf === 1 ? 'attached' : 'linked',
  has_message: item.hasMail === 1,
  created_at: isoTime(item.createdAt),
})
