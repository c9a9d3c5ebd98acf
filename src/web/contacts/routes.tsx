import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { createContact } from '../../commands/contacts/create-contact'
import { saveContact } from '../../commands/contacts/save-contact'
import { type ContactPage, type ContactSearch, searchContacts } from '../../db/contact-search'
import { hasContacts } from '../../db/contacts'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount, requireRole } from '../middleware/session'
import { Suggestions } from '../ui/address-suggestions'
import { otherAccount } from '../ui/form-account'
import { formId } from '../ui/form-id'
import { readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { fragment, page } from '../ui/page'
import { withQuery } from '../ui/with-query'
import { contactFormOf, newContactForm, parseContactForm } from './contact-form'
import { contactExportRoutes } from './export-routes'
import { ContactEditPage, ContactNewPage } from './form-page'
import { contactImportRoutes } from './import-routes'
import { ContactListPage } from './list-page'
import { requireContact } from './require-contact'
import { contactShowRoutes } from './show-routes'

export const contactRoutes = new Hono<AccountEnv>()

const CONTACTS_A_PAGE = 50
const writes = requireRole('member')

contactRoutes.use(routes.contacts, requireAccount)
contactRoutes.use(`${routes.contacts}/*`, requireAccount)

contactRoutes.get(routes.contacts, async (c) => {
  const { accountId } = c.var.signedIn
  const search = readSearch(c)
  const found = await searchContacts(c.var.deps.db, accountId, search)
  const empty = found.items.length === 0 && !search.after && !(await hasContacts(c.var.deps.db, accountId))
  return page(
    c,
    { title: c.var.t('contacts.title'), section: 'contacts' },
    <ContactListPage {...search} items={found.items} {...pathsOf(search, found)} empty={empty} />,
  )
})

contactRoutes.get(routes.newContact, writes, (c) => {
  const form = newContactForm(c.var.signedIn.company.address.country)
  return newPage(c, <ContactNewPage form={form} id={c.var.deps.newId('con')} />)
})

contactRoutes.post(routes.contacts, writes, async (c) => {
  const { deps, signedIn, t } = c.var
  const typed = await readForm(c)
  const id = formId(c, 'con', typed.id)
  const elsewhere = otherAccount(c, typed)
  if (elsewhere) return newPage(c, <ContactNewPage form={{ values: typed, errors: { '': elsewhere } }} id={id} />, 409)
  const contact = parseContactForm(typed, t)
  if (!contact.ok) return newPage(c, <ContactNewPage form={contact} id={id} />, 422)
  await createContact(deps, { accountId: signedIn.accountId, id, contact: contact.value })
  flash(c, 'notice.contact_created')
  return c.redirect(routes.contact(id), 303)
})

contactRoutes.get(routes.contactSuggestions, writes, (c) => {
  const [name, typed] = Object.entries(c.req.query()).find(([field]) => /(emails|address|extra)$/.test(field)) ?? [
    'emails',
    '',
  ]
  return fragment(c, <Suggestions name={name} typed={typed} />)
})

contactRoutes.route('/', contactExportRoutes)
contactRoutes.route('/', contactImportRoutes)
contactRoutes.route('/', contactShowRoutes)

contactRoutes.get(routes.contactEdit(':id'), writes, async (c) => {
  const { id, name, version, ...contact } = await requireContact(c)
  if (contact.forgottenAt !== null || contact.mergedInto !== null) return c.redirect(routes.contact(id), 303)
  const form = contactFormOf({ name, ...contact })
  return editPage(c, <ContactEditPage {...{ id, name, version, form }} />)
})

contactRoutes.post(routes.contact(':id'), writes, async (c) => {
  const { id, name, forgottenAt, mergedInto } = await requireContact(c)
  if (forgottenAt !== null || mergedInto !== null) return c.redirect(routes.contact(id), 303)
  const typed = await readForm(c)
  const version = Number(typed.version) || 0
  const contact = parseContactForm(typed, c.var.t)
  if (!contact.ok) return editPage(c, <ContactEditPage {...{ id, name, version, form: contact }} />, 422)
  const { accountId } = c.var.signedIn
  const saved = await saveContact(c.var.deps, { accountId, id, version, contact: contact.value })
  if (saved.ok) {
    flash(c, 'notice.contact_saved')
    return c.redirect(routes.contact(id), 303)
  }
  if (saved.reason !== 'stale') throw new HTTPException(404)
  const { current } = saved
  const form = { values: typed, errors: {} }
  return editPage(c, <ContactEditPage {...{ id, name, version: current.version, form }} saved={current} />, 409)
})

type Content = Parameters<typeof page>[2]

const newPage = (c: Context<AccountEnv>, content: Content, status: 200 | 409 | 422 = 200) =>
  page(c, { title: c.var.t('contacts.new'), section: 'contacts', narrow: true, status }, content)

const editPage = (c: Context<AccountEnv>, content: Content, status: 200 | 409 | 422 = 200) =>
  page(c, { title: c.var.t('contacts.edit'), section: 'contacts', narrow: true, status }, content)

/** Parses `?q=anna&by=name&after=<key>|<id>`; invalid parts are ignored. */
function readSearch(c: Context<AccountEnv>): ContactSearch {
  const { q = '', archived, by, after = '' } = c.req.query()
  const bar = after.lastIndexOf('|')
  return {
    prefix: q.slice(0, 100),
    archived: archived === 'yes',
    limit: CONTACTS_A_PAGE,
    ...((by === 'name' || by === 'email') && { by }),
    ...(bar >= 0 && { after: { key: after.slice(0, bar), id: after.slice(bar + 1) } }),
  }
}

function pathsOf(search: ContactSearch, { by, next }: ContactPage & { by: string }) {
  const params = { q: search.prefix, archived: search.archived ? 'yes' : undefined }
  return {
    firstPath: search.after && withQuery(routes.contacts, params),
    nextPath: next && withQuery(routes.contacts, { ...params, by, after: `${next.key}|${next.id}` }),
  }
}
