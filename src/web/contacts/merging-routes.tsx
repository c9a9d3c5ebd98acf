import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { mergeContacts } from '../../commands/contacts/merge-contacts'
import { separateContacts } from '../../commands/contacts/separate-contacts'
import { runBackgroundJobs } from '../../commands/maintenance/run-background-jobs'
import { countMoves, isMoving } from '../../db/contact-merging'
import { listContactsByPrefix } from '../../db/contact-search'
import { findContact, type StoredContact } from '../../db/contacts'
import { listLikelyDuplicates } from '../../db/likely-duplicates'
import { defaultChoices, MERGE_FIELDS, type MergeChoices } from '../../domain/contact-merge'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { type FormValues, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { withQuery } from '../ui/with-query'
import { MergingChoicePage } from './merging-choice-page'
import { DOCUMENTS_COUNTED, MergingPage } from './merging-page'
import { requireContact } from './require-contact'

/** Merges two contacts, and undoes a merge. */
export const contactMergingRoutes = new Hono<AccountEnv>()

const MAX_FOUND = 20
const writes = requireRole('member')

contactMergingRoutes.get(routes.contactMerging(':id'), writes, async (c) => {
  const contact = await requireContact(c)
  if (!canStay(contact)) return c.redirect(routes.contact(contact.id), 303)
  const otherId = c.req.query('with')
  if (!otherId) return choicePage(c, contact)
  const other = await requireOther(c, otherId)
  const refused = mergeRefusal(contact, other)
  if (refused) return choicePage(c, contact, refusalText(c.var.t, { ok: false, reason: refused }))
  return mergingPage(c, contact, other, defaultChoices(contact, other))
})

contactMergingRoutes.post(routes.contactMerging(':id'), writes, async (c) => {
  const { deps, signedIn, t } = c.var
  const { accountId, userId: actor } = signedIn
  const kept = await requireContact(c)
  const typed = await readForm(c)
  const other = await requireOther(c, typed.with ?? '')
  const choices = choicesOf(typed)
  const versions = { keptVersion: Number(typed.keptVersion) || 0, otherVersion: Number(typed.otherVersion) || 0 }
  const ids = { keptId: kept.id, otherId: other.id }
  const merged = await mergeContacts(deps, { accountId, actor, ...ids, ...versions, choices })
  if (merged.ok) {
    await continueMoving(c)
    flash(c, 'notice.contact_merged')
    return c.redirect(routes.contact(kept.id), 303)
  }
  const error = refusalText(t, merged.reason === 'stale' ? { ok: false, reason: 'merge_stale' } : merged)
  if (merged.reason === 'merge_gone' || merged.reason === 'merge_same') {
    if (!canStay(kept)) return c.redirect(routes.contact(kept.id), 303)
    return choicePage(c, kept, error)
  }
  return mergingPage(c, kept, other, choices, { error, status: merged.reason === 'merge_emails' ? 422 : 409 })
})

contactMergingRoutes.post(routes.contactSeparation(':id'), writes, async (c) => {
  const { deps, signedIn, t } = c.var
  const { id } = await requireContact(c)
  const done = await separateContacts(deps, { accountId: signedIn.accountId, actor: signedIn.userId, id })
  if (!done.ok) {
    const problem = { ok: false, reason: done.reason } as const
    return page(
      c,
      { title: t('contact.separate'), section: 'contacts', narrow: true, status: 409 },
      <section class="card stack">
        <h1>{t('contact.separate')}</h1>
        <p role="alert">{refusalText(t, problem)}</p>
        <a href={routes.contact(id)}>{t('contact.delete.back')}</a>
      </section>,
    )
  }
  await continueMoving(c)
  flash(c, 'notice.contact_separated')
  const { keptId, changed } = done.value
  if (!keptId) return c.redirect(routes.contact(id), 303)
  return c.redirect(withQuery(routes.contact(keptId), { stayed: changed.join(' ') }), 303)
})

/** Moves the remaining documents after the response. The cron continues if this process ends early. */
async function continueMoving(c: Context<AccountEnv>): Promise<void> {
  const { deps, signedIn } = c.var
  if (await isMoving(deps.db, signedIn.accountId)) c.executionCtx.waitUntil(runBackgroundJobs(deps))
}

/** Returns whether another contact may be merged into this one: not if it is archived, forgotten or merged. */
export const canStay = ({ archivedAt, forgottenAt, mergedInto }: StoredContact): boolean =>
  archivedAt === null && forgottenAt === null && mergedInto === null

function mergeRefusal(kept: StoredContact, other: StoredContact): 'merge_same' | 'merge_gone' | undefined {
  if (kept.id === other.id) return 'merge_same'
  return other.forgottenAt === null && other.mergedInto === null ? undefined : 'merge_gone'
}

async function requireOther(c: Context<AccountEnv>, id: string): Promise<StoredContact> {
  const other = await findContact(c.var.deps.db, c.var.signedIn.accountId, id)
  if (!other) throw new HTTPException(404)
  return other
}

function choicesOf(typed: FormValues): MergeChoices {
  const winners = MERGE_FIELDS.map((field) => [field, typed[`winner.${field}`] === 'other' ? 'other' : 'kept'])
  return {
    winners: Object.fromEntries(winners),
    emails: Object.keys(typed)
      .filter((name) => name.startsWith('email.'))
      .map((name) => typed[name] ?? ''),
  }
}

async function choicePage(c: Context<AccountEnv>, contact: StoredContact, error?: string) {
  const { db } = c.var.deps
  const search = (c.req.query('q') ?? '').slice(0, 100)
  const [likely, found] = await Promise.all([
    listLikelyDuplicates(db, contact),
    search.trim() === '' ? [] : listContactsByPrefix(db, contact.accountId, search, MAX_FOUND),
  ])
  const props = { contact, likely, search, found: found.filter(({ id }) => id !== contact.id), error }
  const title = c.var.t('contact.merge')
  const status = error ? 409 : 200
  return page(c, { title, section: 'contacts', narrow: true, status }, <MergingChoicePage {...props} />)
}

async function mergingPage(
  c: Context<AccountEnv>,
  kept: StoredContact,
  other: StoredContact,
  choices: MergeChoices,
  { error, status = 200 }: { error?: string; status?: 200 | 409 | 422 } = {},
) {
  const moves = await countMoves(c.var.deps.db, kept.accountId, other.id, DOCUMENTS_COUNTED + 1)
  const props = { kept, other, choices, moves, error }
  return page(c, { title: c.var.t('contact.merge'), section: 'contacts', status }, <MergingPage {...props} />)
}
