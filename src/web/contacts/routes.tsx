import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { archiveContact } from '../../commands/archive-contact'
import { createContact } from '../../commands/create-contact'
import { saveContact } from '../../commands/save-contact'
import { type ContactPage, type ContactSearch, findContact, hasContacts, searchContacts } from '../../db/contacts'
import { routes } from '../../routes'
import type { AppEnv } from '../app-env'
import { requireAccount, requireRole } from '../middleware/session'
import { readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { contactFormOf, newContactForm, parseContactForm } from './contact-form'
import { ContactEditPage, ContactNewPage } from './form-page'
import { ContactListPage } from './list-page'
import { ContactShowPage } from './show-page'

export const contactRoutes = new Hono<AppEnv>()

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
  const id = /^con_[0-9a-z]{26}$/.test(typed.id ?? '') ? (typed.id ?? '') : deps.newId('con')
  const contact = parseContactForm(typed, t)
  if (!contact.ok) return newPage(c, <ContactNewPage form={contact} id={id} />, 422)
  await createContact(deps, { accountId: signedIn.accountId, id, contact: contact.value })
  flash(c, 'notice.contact_created')
  return c.redirect(routes.contact(id), 303)
})

contactRoutes.get(routes.contact(':id'), async (c) => {
  const contact = await theContact(c)
  return page(c, { title: contact.name, section: 'contacts', narrow: true }, <ContactShowPage contact={contact} />)
})

contactRoutes.get(routes.contactEdit(':id'), writes, async (c) => {
  const { id, name, version, ...contact } = await theContact(c)
  const form = contactFormOf({ name, ...contact })
  return editPage(c, <ContactEditPage {...{ id, name, version, form }} />)
})

contactRoutes.post(routes.contact(':id'), writes, async (c) => {
  const { id, name } = await theContact(c)
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
  if (saved.reason === 'not_found') throw new HTTPException(404)
  const { current } = saved
  const form = { values: typed, errors: {} }
  return editPage(c, <ContactEditPage {...{ id, name, version: current.version, form }} saved={current} />, 409)
})

contactRoutes.post(routes.contactArchive(':id'), writes, (c) => setArchived(c, true))
contactRoutes.post(routes.contactRestoration(':id'), writes, (c) => setArchived(c, false))

async function setArchived(c: Context<AppEnv>, archived: boolean): Promise<Response> {
  const { accountId } = c.var.signedIn
  const id = idOf(c)
  const done = await archiveContact(c.var.deps, { accountId, id, archived })
  if (!done.ok) throw new HTTPException(404)
  flash(c, archived ? 'notice.contact_archived' : 'notice.contact_restored')
  return c.redirect(routes.contact(id), 303)
}

const idOf = (c: Context<AppEnv>): string => c.req.param('id') ?? ''

async function theContact(c: Context<AppEnv>) {
  const contact = await findContact(c.var.deps.db, c.var.signedIn.accountId, idOf(c))
  if (!contact) throw new HTTPException(404)
  return contact
}

type Content = Parameters<typeof page>[2]

const newPage = (c: Context<AppEnv>, content: Content, status: 200 | 422 = 200) =>
  page(c, { title: c.var.t('contacts.new'), section: 'contacts', narrow: true, status }, content)

const editPage = (c: Context<AppEnv>, content: Content, status: 200 | 409 | 422 = 200) =>
  page(c, { title: c.var.t('contacts.edit'), section: 'contacts', narrow: true, status }, content)

/** `?q=anna&by=name&after=<key>|<id>`; what can't be read is left out. */
function readSearch(c: Context<AppEnv>): ContactSearch {
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
  const query = (more: Record<string, string>) => {
    const given = { ...(search.prefix && { q: search.prefix }), ...(search.archived && { archived: 'yes' }), ...more }
    return `${routes.contacts}?${new URLSearchParams(given)}`
  }
  return {
    firstPath: search.after && query({}),
    nextPath: next && query({ by, after: `${next.key}|${next.id}` }),
  }
}
