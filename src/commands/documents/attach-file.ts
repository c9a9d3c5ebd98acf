import { addAttachment, isAttached } from '../../db/attachments'
import { runBatch } from '../../db/client'
import { findDocument } from '../../db/documents'
import { holdFiles, reserveFiles } from '../../db/files'
import { insertHistory } from '../../db/history'
import {
  base64Bytes,
  type DocumentAttachment,
  MAX_ATTACHMENTS,
  MAX_ATTACHMENTS_MAIL_BYTES,
  mailBytesOf,
} from '../../domain/attachment'
import { uploadName } from '../../domain/file-name'
import { FILE_TYPE_NAMES, FILE_TYPES, fileTypeOf } from '../../domain/file-type'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

export interface AttachFile {
  accountId: string
  actor: string
  documentId: string
  /** Carried by the form, so that a form sent twice attaches one file. */
  id: string
  /** The file name that the browser sent. */
  name: string
  bytes: Uint8Array
  isPublic: boolean
}

export type AttachRefusal =
  | 'not_found'
  | 'file_missing'
  | 'file_type'
  | 'attachments_full'
  | 'attachments_too_large'
  | 'not_stored'

/**
 * Attaches a file to a draft or an issued document, for its next sends. The order is row, object, document, so that the
 * sweep finds what an interrupted upload leaves.
 */
export async function attachFile(deps: Deps, input: AttachFile): Promise<Result<DocumentAttachment, AttachRefusal>> {
  const { accountId, documentId, id, bytes } = input
  const document = await findDocument(deps.db, accountId, documentId)
  if (!document) return refuse('not_found')
  const existing = document.attachments ?? []
  const before = existing.find((attachment) => attachment.id === id)
  if (before) return ok(before)
  const attachment = await attachmentOf(input)
  if (!attachment.ok) return attachment
  const { key, type, mailBytes } = attachment.value
  const sum = mailBytesOf(existing) + mailBytes
  if (existing.length >= MAX_ATTACHMENTS) return refuse('attachments_full', { max: MAX_ATTACHMENTS })
  if (sum > MAX_ATTACHMENTS_MAIL_BYTES) return refuse('attachments_too_large', { bytes: sum })

  if (!(await reserveFiles(deps.db, accountId, [key], deps.now()))) return refuse('not_stored')
  await deps.bucket.put(key, bytes, { httpMetadata: { contentType: FILE_TYPES[type].contentType } })
  const ref = { accountId, documentId, id }
  const historyRow = { ...ref, id: deps.newId('his'), at: deps.now(), actor: input.actor, deliveryId: null }
  const [added] = await runBatch(deps.db, [
    addAttachment(ref, attachment.value),
    insertHistory(
      deps.db,
      [{ ...historyRow, type: 'attached', data: { file: attachment.value.name } }],
      'after_change',
    ),
    holdFiles(accountId, [key], isAttached(ref)),
  ])
  if (added?.results.length) return ok(attachment.value)
  // Another request attached a file first, perhaps this one.
  const current = await findDocument(deps.db, accountId, documentId)
  if (!current) return refuse('not_found')
  const same = current.attachments?.find((candidate) => candidate.id === id)
  return same
    ? ok(same)
    : refuse('attachments_too_large', { bytes: mailBytesOf(current.attachments ?? []) + mailBytes })
}

async function attachmentOf(input: AttachFile): Promise<Result<DocumentAttachment, 'file_missing' | 'file_type'>> {
  const { accountId, id, bytes, name, isPublic } = input
  if (bytes.length === 0) return refuse('file_missing')
  const type = fileTypeOf(bytes)
  if (!type) return refuse('file_type', { types: FILE_TYPE_NAMES })
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)).toHex()
  return ok({
    id,
    name: uploadName(name, type),
    type,
    bytes: bytes.length,
    mailBytes: base64Bytes(bytes.length),
    // The key contains the hash, so an object never changes, even if two files come with one id.
    key: `attachment/${accountId}/${id}-${sha256.slice(0, 32)}`,
    public: isPublic,
  })
}
