import { type Context, Hono } from 'hono'
import { listContactsAfter } from '../../db/contacts'
import { CONTACT_FIELDS, typeContact } from '../../domain/contact'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { csvResponse } from '../ui/csv-response'
import { CONTACT_LABELS } from './contact-labels'

const CONTACTS_A_PIECE = 500

/** Exports all current contacts, or all archived ones, oldest first. The file can be imported unchanged. */
export const contactExportRoutes = new Hono<AccountEnv>()

contactExportRoutes.get(routes.contactExport, requireRole('member'), (c) => {
  const header = CONTACT_FIELDS.map((field) => c.var.t(CONTACT_LABELS[field]))
  return csvResponse(c, { name: 'contacts', header, pieces: pieces(c, c.req.query('archived') === 'yes') })
})

async function* pieces(c: Context<AccountEnv>, archived: boolean): AsyncGenerator<string[][]> {
  const { deps, signedIn } = c.var
  let after = ''
  while (true) {
    const piece = await listContactsAfter(deps.db, signedIn.accountId, { after, archived, limit: CONTACTS_A_PIECE })
    yield piece.map(cellsOf)
    const last = piece.at(-1)
    if (!last || piece.length < CONTACTS_A_PIECE) return
    after = last.id
  }
}

function cellsOf(contact: Parameters<typeof typeContact>[0]): string[] {
  const typed = typeContact(contact)
  return CONTACT_FIELDS.map((field) => typed[field])
}
