/** Serves contacts. Live and test keys share them; those that a test key makes begin in the archive. */
import { Hono } from 'hono'
import { archiveContact } from '../../commands/contacts/archive-contact'
import { changeContact } from '../../commands/contacts/change-contact'
import { createUniqueContact } from '../../commands/contacts/create-contact'
import { deleteContact } from '../../commands/contacts/delete-contact'
import { mergeContacts } from '../../commands/contacts/merge-contacts'
import { retryStale } from '../../commands/retry-stale'
import { findContact, listContacts, type StoredContact } from '../../db/contacts'
import { defaultChoices } from '../../domain/contact-merge'
import { refuse } from '../../domain/result'
import { routes } from '../../routes'
import type { ApiContext, ApiEnv } from '../api-env'
import { listResponse } from '../list-response'
import { requireScope } from '../middleware/authenticate'
import { idempotent, idFor } from '../middleware/idempotent'
import { readBody, readQuery } from '../parse'
import { Problem } from '../problem'
import { unwrap } from '../refusal'
import { contactJson } from './contact-json'
import { ContactChanges, ContactQuery, NewContact, NewMerge } from './contact-schemas'
import { readContact } from './read-contact'

export const contactRoutes = new Hono<ApiEnv>()

const [reads, writes] = [requireScope('read'), requireScope('write')]
const path = routes.apiContact(':id')

contactRoutes.get(routes.contacts, reads, async (c) => {
  const { limit, cursor, external_id: externalId, ...filter } = readQuery(c, ContactQuery)
  const { deps, key } = c.var
  const found = await listContacts(
    deps.db,
    key.accountId,
    { externalId, ...filter },
    { before: cursor, limit: limit + 1 },
  )
  const shown = found.slice(0, limit)
  return listResponse(c, shown.map(contactJson), found.length > limit ? shown.at(-1)?.id : undefined)
})

contactRoutes.post(routes.contacts, writes, idempotent, async (c) => {
  const contact = readContact(await readBody(c, NewContact))
  const { deps, key } = c.var
  const ref = { accountId: key.accountId, id: idFor(c, 'con') }
  const id = unwrap(await createUniqueContact(deps, { ...ref, contact, archived: key.test }))
  c.header('Location', routes.api + routes.apiContact(id))
  return c.json(contactJson(await theContact(c, id)), 201)
})

contactRoutes.get(path, reads, async (c) => c.json(contactJson(await theContact(c, c.req.param('id')))))

contactRoutes.patch(path, writes, async (c) => {
  const { archived, ...changes } = await readBody(c, ContactChanges)
  const { deps, key } = c.var
  const ref = { accountId: key.accountId, id: c.req.param('id') }
  unwrap(await changeContact(deps, ref, (current) => readContact(changes, current), true))
  if (archived !== undefined) unwrap(await archiveContact(deps, { ...ref, archived }))
  return c.json(contactJson(await theContact(c, ref.id)))
})

contactRoutes.delete(path, writes, async (c) => {
  const { deps, key } = c.var
  unwrap(await deleteContact(deps, { accountId: key.accountId, id: c.req.param('id') }))
  return c.body(null, 204)
})

contactRoutes.post(routes.apiContactMerges(':id'), writes, idempotent, async (c) => {
  const { source_id: otherId } = await readBody(c, NewMerge)
  const { deps, key } = c.var
  const keptId = c.req.param('id')
  const merged = await retryStale(async () => {
    const [kept, other] = [await theContact(c, keptId), await theContact(c, otherId)]
    const versions = { keptVersion: kept.version, otherVersion: other.version }
    const input = { accountId: key.accountId, actor: key.id, keptId, otherId, ...versions }
    const done = await mergeContacts(deps, { ...input, choices: defaultChoices(kept, other) })
    return !done.ok && done.reason === 'stale' ? undefined : done.ok ? done : refuse(done.reason, done.details)
  })
  unwrap(merged)
  return c.json(contactJson(await theContact(c, keptId)))
})

async function theContact(c: ApiContext, id: string): Promise<StoredContact> {
  const contact = await findContact(c.var.deps.db, c.var.key.accountId, id)
  if (!contact) throw new Problem('not_found')
  return contact
}
