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
import { FILE_TYPES, fileTypeOf } from '../../domain/file-type'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

export interface AttachFile {
  accountId: string
  actor: string
  documentId: string
  /** Carried by the form, so that a form sent twice attaches one file. */
  id: string
  /** As the browser gave it. */
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
 * Adds a file to a draft or an issued document: the next send takes it along. Row, object, document, in this order, so that an upload
 * cut short anywhere leaves nothing but what the sweep finds.
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
  const place = { accountId, documentId, id }
  const told = { ...place, id: deps.newId('his'), at: deps.now(), actor: input.actor, deliveryId: null }
  const [added] = await runBatch(deps.db, [
    addAttachment(place, attachment.value),
    insertHistory(deps.db, [{ ...told, type: 'attached', data: { file: attachment.value.name } }], 'after_change'),
    holdFiles(accountId, [key], isAttached(place)),
  ])
  if (added?.results.length) return ok(attachment.value)
  // Somebody attached another file, or this one, in the meantime.
  const now = await findDocument(deps.db, accountId, documentId)
  if (!now) return refuse('not_found')
  const same = now.attachments?.find((one) => one.id === id)
  return same ? ok(same) : refuse('attachments_too_large', { bytes: mailBytesOf(now.attachments ?? []) + mailBytes })
}

async function attachmentOf(input: AttachFile): Promise<Result<DocumentAttachment, 'file_missing' | 'file_type'>> {
  const { accountId, id, bytes, name, isPublic } = input
  if (bytes.length === 0) return refuse('file_missing')
  const type = fileTypeOf(bytes)
  if (!type) return refuse('file_type')
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)).toHex()
  return ok({
    id,
    name: uploadName(name, type),
    type,
    bytes: bytes.length,
    mailBytes: base64Bytes(bytes.length),
    // With the hash: whatever comes under one id, what is stored under a key never changes.
    key: `attachment/${accountId}/${id}-${sha256.slice(0, 32)}`,
    public: isPublic,
  })
}
