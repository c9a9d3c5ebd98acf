/** Serves contacts. A key sees those of its mode; those that a test key makes begin in the archive, so that people rarely meet them. */
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
import { contactPrefix, isTestContact } from '../../domain/test-mode'
import { routes } from '../../routes'
import type { ApiContext, ApiEnv } from '../api-env'
import { listReply } from '../list-reply'
import { idFor } from '../middleware/idempotent'
import { Problem } from '../problem'
import { unwrap } from '../refusal'
import { serve } from '../serve'
import { contactJson } from './contact-json'
import * as operations from './contact-operations'
import { readContact } from './read-contact'

export const contactRoutes = new Hono<ApiEnv>()

serve(contactRoutes, operations.listContacts, async (c, { query }) => {
  const { limit, cursor, external_id: externalId, ...filter } = query
  const { deps, key } = c.var
  const page = { before: cursor, limit: limit + 1 }
  const found = await listContacts(deps.db, key.accountId, { externalId, test: key.test, ...filter }, page)
  const shown = found.slice(0, limit)
  return listReply(c, shown.map(contactJson), found.length > limit ? shown.at(-1)?.id : undefined)
})

serve(contactRoutes, operations.createContact, async (c, { body }) => {
  const contact = readContact(body)
  const { deps, key } = c.var
  const ref = { accountId: key.accountId, id: idFor(c, contactPrefix(key.test)) }
  const id = unwrap(await createUniqueContact(deps, { ...ref, contact, archived: key.test }))
  c.header('Location', routes.api + routes.apiContact(id))
  return contactJson(await theContact(c, id))
})

serve(contactRoutes, operations.getContact, async (c, { params }) => contactJson(await theContact(c, params.id)))

serve(contactRoutes, operations.changeContact, async (c, { params: { id }, body }) => {
  const { archived, ...changes } = body
  const { deps, key } = c.var
  const ref = { accountId: key.accountId, id }
  requireMode(c, id)
  unwrap(await changeContact(deps, ref, (current) => readContact(changes, current), true))
  if (archived !== undefined) unwrap(await archiveContact(deps, { ...ref, archived }))
  return contactJson(await theContact(c, id))
})

serve(contactRoutes, operations.deleteContact, async (c, { params: { id } }) => {
  const { deps, key } = c.var
  requireMode(c, id)
  unwrap(await deleteContact(deps, { accountId: key.accountId, id }))
  return null
})

serve(contactRoutes, operations.mergeContact, async (c, { params: { id: keptId }, body: { source_id: otherId } }) => {
  const { deps, key } = c.var
  const merged = await retryStale(async () => {
    const [kept, other] = [await theContact(c, keptId), await theContact(c, otherId)]
    const versions = { keptVersion: kept.version, otherVersion: other.version }
    const input = { accountId: key.accountId, actor: key.id, keptId, otherId, ...versions }
    const done = await mergeContacts(deps, { ...input, choices: defaultChoices(kept, other) })
    return !done.ok && done.reason === 'stale' ? undefined : done.ok ? done : refuse(done.reason, done.details)
  })
  unwrap(merged)
  return contactJson(await theContact(c, keptId))
})

async function theContact(c: ApiContext, id: string): Promise<StoredContact> {
  requireMode(c, id)
  const contact = await findContact(c.var.deps.db, c.var.key.accountId, id)
  if (!contact) throw new Problem('not_found')
  return contact
}

function requireMode(c: ApiContext, id: string): void {
  if (isTestContact(id) !== c.var.key.test) throw new Problem('not_found')
}
