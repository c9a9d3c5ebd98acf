import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { findContact, type StoredContact } from '../../db/contacts'
import type { AccountEnv } from '../app-env'

/** Returns the contact that the path names. Throws 404 if the account has none with this id. */
export async function requireContact(c: Context<AccountEnv>): Promise<StoredContact> {
  const contact = await findContact(c.var.deps.db, c.var.signedIn.accountId, c.req.param('id') ?? '')
  if (!contact) throw new HTTPException(404)
  return contact
}
