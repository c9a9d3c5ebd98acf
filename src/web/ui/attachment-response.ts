import { HTTPException } from 'hono/http-exception'
import type { DocumentAttachment } from '../../domain/attachment'
import { attachmentDisposition } from '../../domain/file-name'
import { FILE_TYPES } from '../../domain/file-type'
import type { AnyContext } from '../app-env'

/** Responds with an uploaded file that browsers save and never show; throws 404 where there is none. */
export async function attachmentResponse(c: AnyContext, attachment: DocumentAttachment | undefined): Promise<Response> {
  const object = attachment && (await c.var.deps.bucket.get(attachment.key))
  if (!object) throw new HTTPException(404)
  return c.body(object.body, 200, {
    'Content-Type': FILE_TYPES[attachment.type].contentType,
    'Content-Length': String(object.size),
    'Content-Disposition': attachmentDisposition(attachment.name),
    'Content-Security-Policy': "default-src 'none'; sandbox",
  })
}
