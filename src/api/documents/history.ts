/** Lists what happened to a document: its columns, its sends and the rows of its History. */
import type { InferInput } from 'valibot'
import type { Deps } from '../../commands/deps'
import { type DocumentSend, listActorNames, listDocumentSends } from '../../db/document-sends'
import type { StoredDocument } from '../../db/documents'
import { type HistoryRow, listHistory } from '../../db/history'
import { toDecimal } from '../../domain/money'
import { isoTime } from '../fields'
import type { HistoryEntryJson } from './document-schemas'

type Json = InferInput<typeof HistoryEntryJson>
/** An entry before its actor has a name. */
type Entry = Omit<Json, 'at' | 'actor'> & { at: number; by: string }

/** Returns all entries, newest first. */
export async function loadHistory({ db }: Deps, document: StoredDocument): Promise<Json[]> {
  const { accountId, id } = document
  const [sends, rows] = await Promise.all([listDocumentSends(db, accountId, id), listHistory(db, accountId, id)])
  const addresses = new Map(sends.flatMap(({ deliveries }) => deliveries.map((one) => [one.id, one.address])))
  const entries = [
    ...documentEntries(document),
    ...sends.flatMap(sendEntries),
    ...rows.map((row) => rowEntry(row, addresses.get(row.deliveryId ?? '') ?? null)),
  ]
  const actors = [...new Set(entries.map(({ by }) => by))].filter(Boolean)
  const names = await listActorNames(db, accountId, actors)
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => b.entry.at - a.entry.at || b.index - a.index)
    .map(({ entry: { by, at, ...rest } }) => ({
      ...rest,
      at: isoTime(at),
      actor: by === '' ? null : { id: by, name: names.get(by) ?? null },
    }))
}

const ofDocument = { send_id: null, delivery_id: null, address: null }

function documentEntries({ id, createdAt, createdBy, finalisedAt, finalisedBy, number }: StoredDocument): Entry[] {
  const created = { id: `${id}:created`, type: 'created', at: createdAt, by: createdBy, ...ofDocument, data: {} }
  const finalised = { id: `${id}:finalized`, type: 'finalized', by: finalisedBy ?? '', ...ofDocument }
  return finalisedAt === null
    ? [created]
    : [created, { ...finalised, at: finalisedAt, data: number === null ? {} : { number } }]
}

function sendEntries({ id, createdAt, createdBy, origin, scheduledFor, deliveries }: DocumentSend): Entry[] {
  const data = { origin, ...(scheduledFor !== null && { send_at: isoTime(scheduledFor) }) }
  return deliveries.flatMap((one) => {
    const entry = { send_id: id, delivery_id: one.id, address: one.address || null }
    const moved = (type: string, at: number | null): Entry[] =>
      at === null ? [] : [{ id: `${one.id}:${type}`, type, at, by: '', ...entry, data: {} }]
    return [
      { id: `${one.id}:queued`, type: 'queued', at: createdAt, by: createdBy, ...entry, data },
      ...moved('sent', one.sentAt),
      ...moved('delivered', one.deliveredAt),
    ]
  })
}

const rowEntry = ({ id, type, at, actor, deliveryId, data }: HistoryRow, address: string | null): Entry => ({
  ...{ id, type, at, by: actor, send_id: null, delivery_id: deliveryId, address },
  data: detailsOf(data),
})

const TIMES = ['dueAt', 'next']

/** Returns the details with amounts as decimals, times in ISO 8601, and names as the API writes them. */
function detailsOf(data: HistoryRow['data']): HistoryRow['data'] {
  const { amount, currency } = data
  const shown = { ...data, ...(amount !== undefined && { amount: toDecimal(Number(amount), String(currency)) }) }
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      TIMES.includes(name) && typeof value === 'number' ? isoTime(value) : value,
    ]),
  )
}
