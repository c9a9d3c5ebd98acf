import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { findDocument, type StoredDocument } from '../../db/documents'
import type { AccountEnv } from '../app-env'

/** Returns the document that the path names. Throws 404 if the account has none with this id. */
export async function requireDocument(c: Context<AccountEnv>): Promise<StoredDocument> {
  const document = await findDocument(c.var.deps.db, c.var.signedIn.accountId, c.req.param('id') ?? '')
  if (!document) throw new HTTPException(404)
  return document
}
