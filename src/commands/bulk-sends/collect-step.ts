import { findAccount, type StoredAccount } from '../../db/accounts'
import { insertBulkDocuments, listBulkDocuments, listToRepeat } from '../../db/bulk-documents'
import { advanceBulkSend, type StoredBulkSend, setTally } from '../../db/bulk-sends'
import { ifAny, isNotAll, runBatch } from '../../db/client'
import { listDocuments, searchDocuments } from '../../db/document-list'
import { addToTally, bulkFlags, countAll, MAX_BULK_DOCUMENTS } from '../../domain/bulk-send'
import { isTestDocument } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { loadBulkItems } from './load-bulk-items'

export const DOCUMENTS_A_STEP = 250

/** Collects the next documents of a bulk send, and stores each with its current state. */
export async function collectStep(deps: Deps, bulk: StoredBulkSend): Promise<void> {
  const account = await findAccount(deps.db, bulk.accountId)
  if (!account) return
  const room = MAX_BULK_DOCUMENTS - countAll(bulk.tally).documents
  const { ids, next } = await nextDocuments(deps, bulk, Math.min(room, DOCUMENTS_A_STEP))
  const items = await loadStates(deps, bulk, account, ids)
  const tally = addToTally(bulk.tally, items)
  const full = countAll(tally).documents >= MAX_BULK_DOCUMENTS
  const done = next === undefined || full
  const from = { state: 'collecting' as const, cursor: bulk.cursor }
  const step = { from, cursor: next ?? '', next: done ? ('ready' as const) : undefined }
  try {
    await runBatch(deps.db, [
      ...advanceBulkSend(bulk, step, setTally(tally, full && next !== undefined)),
      ...ifAny(items, (documents) => insertBulkDocuments(bulk, documents)),
    ])
  } catch (error) {
    // Another process did this step first.
    if (!isNotAll(error)) throw error
  }
}

interface DocumentBatch {
  ids: string[]
  /** The cursor of the next step; absent after the last documents. */
  next?: string | undefined
}

async function nextDocuments(deps: Deps, bulk: StoredBulkSend, limit: number): Promise<DocumentBatch> {
  const { db } = deps
  const { accountId, source, cursor, test } = bulk
  if (source.from === 'chosen') {
    const start = Number(cursor)
    const end = start + limit
    const ids = source.ids.slice(start, end).filter((id) => isTestDocument(id) === test)
    return { ids, next: end < source.ids.length ? String(end) : undefined }
  }
  if (source.from === 'list') {
    const { filter } = source
    const position = cursor || undefined
    const { items, next } = source.search
      ? await searchDocuments(db, accountId, filter, { ...source.search, after: position, limit })
      : await listDocuments(db, accountId, filter, { before: position, limit })
    return { ids: items.map((item) => item.id), next }
  }
  const earlier = { accountId, id: source.bulkId }
  const documents = await listBulkDocuments(db, earlier, cursor, limit)
  const positions = documents.map(({ position }) => position)
  const ids = positions.length > 0 ? await listToRepeat(db, earlier, positions, source.from) : []
  return { ids, next: documents.length === limit ? positions.at(-1) : undefined }
}

async function loadStates(deps: Deps, bulk: StoredBulkSend, account: StoredAccount, ids: string[]) {
  const items = await loadBulkItems(deps, { account, ...bulk, by: bulk.createdBy }, ids)
  return items.map((item) => ({
    position: item.position,
    documentId: item.documentId,
    flags: bulkFlags(item),
    version: item.version,
    credited: item.credited,
    latestSendId: item.latestSendId,
    addresses: item.recipients.length,
  }))
}
