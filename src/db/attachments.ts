/** Statements on the files of a document, a JSON list in its row. Each one changes a single file, so concurrent changes don't overwrite each other. */
import { sql } from 'drizzle-orm'
import { type DocumentAttachment, MAX_ATTACHMENTS, MAX_ATTACHMENTS_MAIL_BYTES } from '../domain/attachment'
import { jsonList } from './client'

export interface AttachmentPlace {
  accountId: string
  documentId: string
  id: string
}

const holds = ({ accountId, documentId, id }: AttachmentPlace) => sql`
  EXISTS (SELECT 1 FROM documents d, json_each(d.attachments) e
    WHERE d.account_id = ${accountId} AND d.id = ${documentId} AND e.value->>'id' = ${id})`

/** Builds a condition for other statements of the batch: the document has this file. */
export const isAttached = holds
/** Builds a condition for other statements of the batch: the document does not have this file. */
export const isNotAttached = (place: AttachmentPlace) => sql`NOT ${holds(place)}`

/** Adds a file to a document. For a batch; returns no row when the document is missing, has the file already, or has no room for it. */
export const addAttachment = ({ accountId, documentId, id }: AttachmentPlace, attachment: DocumentAttachment) => sql`
  UPDATE documents SET attachments = json_insert(coalesce(attachments, '[]'), '$[#]', json(${JSON.stringify(attachment)}))
  WHERE account_id = ${accountId} AND id = ${documentId}
    AND NOT EXISTS (SELECT 1 FROM json_each(attachments) WHERE value->>'id' = ${id})
    AND (SELECT count(*) < ${MAX_ATTACHMENTS} AND coalesce(sum(value->>'mailBytes'), 0) + ${attachment.mailBytes} <= ${MAX_ATTACHMENTS_MAIL_BYTES}
      FROM json_each(attachments))
  RETURNING id`

/** Removes a file from a document. For a batch; returns no row when the document does not have it. */
export const removeAttachment = (place: AttachmentPlace) => sql`
  UPDATE documents SET attachments = (
    SELECT iif(count(*) = 0, NULL, json_group_array(json(value))) FROM json_each(attachments) WHERE value->>'id' <> ${place.id})
  WHERE account_id = ${place.accountId} AND id = ${place.documentId} AND ${holds(place)}
  RETURNING id`

/** Sets whether customers can download a file. For a batch; returns no row when the document does not have it. */
export const setAttachmentPublic = (place: AttachmentPlace, isPublic: boolean) => sql`
  UPDATE documents SET attachments = (
    SELECT json_group_array(json(iif(value->>'id' = ${place.id}, json_set(value, '$.public', json(${isPublic ? 'true' : 'false'})), value)))
    FROM json_each(attachments))
  WHERE account_id = ${place.accountId} AND id = ${place.documentId} AND ${holds(place)}
  RETURNING id`

/** Marks the files of documents as unused. For the batch that deletes the documents, before that statement. */
export const releaseAttachmentsOf = (accountId: string, documentIds: string[], now: number) => sql`
  UPDATE files SET unused_since = ${now}
  WHERE account_id = ${accountId} AND unused_since IS NULL AND key IN (
    SELECT e.value->>'key' FROM json_each(${jsonList(documentIds)}) j
    CROSS JOIN documents d ON d.account_id = ${accountId} AND d.id = j.value
    CROSS JOIN json_each(d.attachments) e)`

/** Marks the files of a draft as unused. For the batch that deletes the draft, before that statement. */
export const releaseAttachmentsOfDraft = (accountId: string, documentId: string, now: number) => sql`
  UPDATE files SET unused_since = ${now}
  WHERE account_id = ${accountId} AND unused_since IS NULL AND key IN (
    SELECT e.value->>'key' FROM documents d, json_each(d.attachments) e
    WHERE d.account_id = ${accountId} AND d.id = ${documentId} AND d.status = 'draft')`
