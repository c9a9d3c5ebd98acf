/** Serves the addresses that an account must not write to. They belong to the live world: tests neither see nor change them. */
import { Hono } from 'hono'
import type { InferInput } from 'valibot'
import { addSuppression } from '../../commands/sends/add-suppression'
import { releaseSuppression } from '../../commands/sends/release-suppression'
import {
  findSuppression,
  listSuppressions,
  type SuppressionItem,
  type SuppressionPosition,
} from '../../db/suppression-list'
import { addressKey, parseEmailAddress } from '../../domain/email-addresses'
import { refuse } from '../../domain/result'
import { isWishOfRecipient } from '../../domain/suppression'
import { translator } from '../../i18n'
import { reasonText } from '../../i18n/reason'
import { routes } from '../../routes'
import type { ApiContext, ApiEnv } from '../api-env'
import { isoTime } from '../fields'
import { listReply } from '../list-reply'
import { Problem } from '../problem'
import { fieldProblem, refusalProblem, unwrap } from '../refusal'
import { requireLiveKey } from '../require-live-key'
import { serve } from '../serve'
import * as operations from './suppression-operations'
import type { SuppressionJson } from './suppression-schemas'

export const suppressionRoutes = new Hono<ApiEnv>()

const english = translator('en')

serve(suppressionRoutes, operations.listSuppressions, async (c, { query: { limit, cursor, address } }) => {
  if (address !== undefined) {
    const found = await findInMode(c, address)
    return listReply(c, found ? [suppressionJson(found)] : [], undefined)
  }
  const { deps, key } = c.var
  if (key.test) return listReply(c, [], undefined)
  const range = { prefix: '', after: positionOf(cursor), limit }
  const { items, next } = await listSuppressions(deps.db, key.accountId, range)
  return listReply(c, items.map(suppressionJson), next && `${next.at}.${next.addressKey}`)
})

serve(suppressionRoutes, operations.createSuppression, async (c, { body: { address, reason } }) => {
  requireLiveKey(c)
  const { deps, key } = c.var
  const parsed = parseEmailAddress(address)
  if (!parsed.ok) throw fieldProblem('/address', parsed)
  const added = await addSuppression(deps, { accountId: key.accountId, actor: key.id, address: parsed.value, reason })
  const found = await findInMode(c, parsed.value)
  // A repeat of a request that died after its commit has added the address already.
  const isRepeat = c.var.ulid !== undefined && found?.createdBy === key.id && found.reason === reason
  if (!added.ok && !isRepeat) throw refusalProblem(added)
  if (!found) throw new Problem('not_found')
  c.header('Location', routes.api + routes.apiSuppression(encodeURIComponent(found.addressKey)))
  return suppressionJson(found)
})

serve(suppressionRoutes, operations.deleteSuppression, async (c, { params: { address }, query }) => {
  const { deps, key } = c.var
  const found = await findInMode(c, address)
  if (!found) throw new Problem('not_found')
  const { addressKey, reason } = found
  if (query.reason === undefined && isWishOfRecipient(reason)) throw refusalProblem(refuse('release_reason_missing'))
  const ref = { accountId: key.accountId, actor: key.id, addressKey, reason: query.reason ?? reason }
  unwrap(await releaseSuppression(deps, ref))
  return null
})

async function findInMode(c: ApiContext, address: string): Promise<SuppressionItem | undefined> {
  const { deps, key } = c.var
  return key.test ? undefined : findSuppression(deps.db, key.accountId, addressKey(address))
}

function positionOf(cursor: string | undefined): SuppressionPosition | undefined {
  if (cursor === undefined) return undefined
  const dot = cursor.indexOf('.')
  return { at: Number(cursor.slice(0, dot)), addressKey: cursor.slice(dot + 1) }
}

const suppressionJson = (item: SuppressionItem): InferInput<typeof SuppressionJson> => ({
  address: item.addressKey,
  reason: item.reason,
  detail: reasonText(english, item.reason) ?? null,
  server_response: item.serverText || null,
  document_id: item.documentId,
  actor: item.createdBy === '' ? null : { id: item.createdBy, name: item.by },
  dropped_documents: item.held,
  created_at: isoTime(item.createdAt),
})
