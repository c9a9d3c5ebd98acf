import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { archiveContact } from '../../commands/contacts/archive-contact'
import { contactZip } from '../../commands/contacts/contact-zip'
import { correctAddress } from '../../commands/contacts/correct-address'
import { deleteContact } from '../../commands/contacts/delete-contact'
import { forgetContact } from '../../commands/contacts/forget-contact'
import { runBackgroundJobs } from '../../commands/maintenance/run-background-jobs'
import {
  CONTACT_VIEWS,
  type ContactView,
  hasDocuments,
  listContactDeliveries,
  listContactDocuments,
} from '../../db/contact-documents'
import { listMergedInto } from '../../db/contact-merging'
import { findContact, type StoredContact } from '../../db/contacts'
import { listLikelyDuplicates } from '../../db/likely-duplicates'
import { listSuppressed } from '../../db/suppressions'
import { dateIn } from '../../domain/calendar'
import { addressKey } from '../../domain/email-addresses'
import { atLeast } from '../../domain/role'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { ContactDeletionPage } from './deletion-page'
import { ForgettingPage } from './forgetting-page'
import { stayedLabels } from './merge-values'
import { canStay, contactMergingRoutes } from './merging-routes'
import { requireContact } from './require-contact'
import { ContactShowPage } from './show-page'

/** Serves a contact's page and its actions. */
export const contactShowRoutes = new Hono<AccountEnv>()

const DOCUMENTS_A_PAGE = 25
const writes = requireRole('member')
const forgets = requireRole('admin')

contactShowRoutes.get(routes.contact(':id'), async (c) => {
  const contact = await requireContact(c)
  const before = c.req.query('before')?.slice(0, 100) || undefined
  const view = CONTACT_VIEWS.find((name) => name === c.req.query('view')) ?? 'documents'
  const props = { contact, view, deep: before !== undefined, ...(await load(c, contact, view, before)) }
  return page(c, { title: contact.name, section: 'contacts' }, <ContactShowPage {...props} />)
})

async function load(c: Context<AccountEnv>, contact: StoredContact, view: ContactView, before: string | undefined) {
  const { db, now, newId } = c.var.deps
  const { accountId, settings, role } = c.var.signedIn
  const { mergedInto } = contact
  const suggests = canStay(contact) && atLeast(role, 'member')
  const [found, suppressed, into, merged, likely] = await Promise.all([
    listContactDocuments(db, accountId, contact.id, {
      test: c.var.signedIn.testMode,
      view,
      before,
      limit: DOCUMENTS_A_PAGE,
    }),
    listSuppressed(db, accountId, contact.emails.map(addressKey)),
    mergedInto === null ? undefined : findContact(db, accountId, mergedInto),
    listMergedInto(db, accountId, contact.id),
    suggests ? listLikelyDuplicates(db, contact) : [],
  ])
  const ids = found.items.map(({ id }) => id)
  return {
    ...{ found, into, merged, likely, stayed: stayedLabels(c.req.query('stayed'), c.var.t) },
    deliveries: view === 'documents' ? [] : await listContactDeliveries(db, accountId, ids, view),
    blocked: new Map(suppressed.map((row) => [row.addressKey, row.reason])),
    hasDocuments: ids.length > 0 || (await hasDocuments(db, accountId, contact.id)),
    today: dateIn(now(), settings.timeZone),
    newFormId: () => newId('snd'),
  }
}

contactShowRoutes.post(routes.contactCorrections(':id'), writes, async (c) => {
  const id = c.req.param('id')
  const { address = '' } = await readForm(c)
  const done = await correctAddress(c.var.deps, { accountId: c.var.signedIn.accountId, id, address })
  if (!done.ok && done.reason === 'not_found') throw new HTTPException(404)
  flash(c, done.ok ? 'notice.contact_saved' : 'refusal.busy')
  return c.redirect(routes.contact(id), 303)
})

contactShowRoutes.route('/', contactMergingRoutes)

contactShowRoutes.get(routes.contactDeletion(':id'), writes, async (c) => {
  const contact = await requireContact(c)
  return contact.mergedInto === null ? deletionPage(c, contact) : c.redirect(routes.contact(contact.id), 303)
})

contactShowRoutes.post(routes.contactDeletion(':id'), writes, async (c) => {
  const contact = await requireContact(c)
  if (contact.mergedInto !== null) return c.redirect(routes.contact(contact.id), 303)
  const deleted = await deleteContact(c.var.deps, contact)
  if (!deleted.ok) return deletionPage(c, contact, 409)
  flash(c, 'notice.contact_deleted')
  return c.redirect(routes.contacts, 303)
})

async function deletionPage(c: Context<AccountEnv>, contact: StoredContact, status: 200 | 409 = 200) {
  const props = { contact, hasDocuments: await hasDocuments(c.var.deps.db, contact.accountId, contact.id) }
  const title = c.var.t('contact.delete')
  return page(c, { title, section: 'contacts', narrow: true, status }, <ContactDeletionPage {...props} />)
}

contactShowRoutes.get(routes.contactData(':id'), writes, async (c) => {
  const contact = await requireContact(c)
  return c.body(contactZip(c.var.deps, contact), 200, {
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${contact.id}.zip"`,
    'Cache-Control': 'private, no-store',
  })
})

contactShowRoutes.get(routes.contactForgetting(':id'), forgets, async (c) => {
  const contact = await requireContact(c)
  return contact.mergedInto === null ? forgettingPage(c, contact) : c.redirect(routes.contact(contact.id), 303)
})

contactShowRoutes.post(routes.contactForgetting(':id'), forgets, async (c) => {
  const contact = await requireContact(c)
  if (contact.mergedInto !== null) return c.redirect(routes.contact(contact.id), 303)
  const { accountId, userId: actor } = c.var.signedIn
  const forgotten = await forgetContact(c.var.deps, { accountId, actor, id: contact.id })
  if (!forgotten.ok) return forgettingPage(c, contact, refusalText(c.var.t, forgotten))
  c.executionCtx.waitUntil(runBackgroundJobs(c.var.deps))
  flash(c, 'notice.contact_forgotten')
  return c.redirect(routes.contacts, 303)
})

function forgettingPage(c: Context<AccountEnv>, contact: StoredContact, error?: string) {
  const title = c.var.t('contact.forget')
  const status = error ? 409 : 200
  return page(
    c,
    { title, section: 'contacts', narrow: true, status },
    <ForgettingPage contact={contact} error={error} />,
  )
}

contactShowRoutes.post(routes.contactArchive(':id'), writes, (c) => setArchived(c, true))
contactShowRoutes.post(routes.contactRestoration(':id'), writes, (c) => setArchived(c, false))

async function setArchived(c: Context<AccountEnv>, archived: boolean): Promise<Response> {
  const { accountId } = c.var.signedIn
  const id = c.req.param('id') ?? ''
  const done = await archiveContact(c.var.deps, { accountId, id, archived })
  if (!done.ok) throw new HTTPException(404)
  flash(c, archived ? 'notice.contact_archived' : 'notice.contact_restored')
  return c.redirect(routes.contact(id), 303)
}
