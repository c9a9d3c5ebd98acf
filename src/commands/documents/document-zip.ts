import { listDeliveriesOf, listDocumentsById, listHistoryOf } from '../../db/document-zip'
import { pdfFileName } from '../../domain/document-file-name'
import { safeFileName } from '../../domain/file-name'
import type { Deps } from '../deps'
import { readMail, UnsendableError } from '../stored-mail'
import { jsonEntry, type ZipEntry } from '../zip-stream'
import { documentPdf } from './document-pdf'

type Document = Awaited<ReturnType<typeof listDocumentsById>>[number]
type Delivery = Awaited<ReturnType<typeof listDeliveriesOf>>[number]

/**
 * Yields for each document its data with deliveries and History, its PDF, its attached files, and its mails as they
 * were sent.
 */
export async function* documentEntries(
  deps: Deps,
  accountId: string,
  documentIds: readonly string[],
): AsyncGenerator<ZipEntry> {
  const [documents, deliveries, history] = await Promise.all([
    listDocumentsById(deps.db, accountId, documentIds),
    listDeliveriesOf(deps.db, accountId, documentIds),
    listHistoryOf(deps.db, accountId, documentIds),
  ])
  const deliveriesOf = Map.groupBy(deliveries, ({ documentId }) => documentId)
  const historyOf = Map.groupBy(history, ({ documentId }) => documentId)
  for (const document of documents) {
    const ownDeliveries = deliveriesOf.get(document.id) ?? []
    const name = nameOf(document)
    const events = (historyOf.get(document.id) ?? []).map(({ at, type, deliveryId, data }) => ({
      at,
      type,
      deliveryId,
      data,
    }))
    yield jsonEntry(
      `documents/${name}.json`,
      { ...dataOf(document), deliveries: ownDeliveries.map(deliveryData), history: events },
      document.updatedAt,
    )
    yield* pdfEntry(deps, document, name)
    yield* attachmentEntries(deps, document, name)
    for (const delivery of ownDeliveries) yield* mailEntry(deps, delivery, name)
  }
}

/**
 * Returns a name that no other document of the account has. Each kind may count from 1, as tests do, and numbers with
 * other letters than a file name's may look alike in it.
 */
function nameOf({ id, number, kind, test }: Document): string {
  if (number === null) return `draft-${id}`
  const name = pdfFileName({ number, kind }).replace(/\.pdf$/, '')
  return `${kind}-${name}${test || name !== number ? `-${id}` : ''}`
}

/** Returns a document without columns that only lists and storage need. */
function dataOf({ accountId, contactKey, latestSendId, linksRevokedAt, attachments, ...data }: Document) {
  return { ...data, attachments: (attachments ?? []).map(({ key, ...attachment }) => attachment) }
}

const deliveryData = ({
  id,
  address,
  purpose,
  status,
  attempt,
  reason,
  serverText,
  createdAt,
  sentAt,
  deliveredAt,
  endedAt,
}: Delivery) => ({
  ...{ id, address, purpose, status, attempt, reason, serverText, createdAt, sentAt, deliveredAt, endedAt },
})

async function* pdfEntry(deps: Deps, document: Document, name: string): AsyncGenerator<ZipEntry> {
  const { accountId, id, number, snapshot, pdfSha256, finalisedAt } = document
  if (number === null || !snapshot) return
  const { bytes } = await documentPdf(deps, { accountId, id, number, snapshot, pdfSha256 })
  yield { name: `documents/${name}.pdf`, bytes, at: finalisedAt ?? 0 }
}

async function* attachmentEntries(deps: Deps, document: Document, name: string): AsyncGenerator<ZipEntry> {
  const taken = new Set<string>()
  for (const attachment of document.attachments ?? []) {
    const object = await deps.bucket.get(attachment.key)
    if (!object) continue
    const bytes = new Uint8Array(await object.arrayBuffer())
    // A file name must not act as a path when the ZIP is unpacked, nor as that of another file.
    const own = safeFileName(attachment.name)
    const file = taken.has(own.toLowerCase()) ? `${attachment.id}-${own}` : own
    taken.add(own.toLowerCase())
    yield { name: `attachments/${name}/${file}`, bytes, at: document.updatedAt }
  }
}

/** Yields a delivery's mail, which is stored from its first attempt until it is forgotten. */
async function* mailEntry(deps: Deps, delivery: Delivery, name: string): AsyncGenerator<ZipEntry> {
  if (delivery.linkHash === null) return
  try {
    const { mime } = await readMail(deps, delivery)
    yield { name: `mails/${name}/${delivery.id}.eml`, bytes: mime, at: delivery.sentAt ?? delivery.createdAt }
  } catch (error) {
    if (!(error instanceof UnsendableError)) throw error
  }
}
