import { listOwners } from '../../db/members'
import { findPersonById } from '../../db/people'
import { type Company, displayName } from '../../domain/company'
import { type SensitiveField, sensitiveChanges } from '../../domain/sensitive-changes'
import { languageFor } from '../../i18n'
import type { SensitiveChange } from '../../mail/notice'
import { routes } from '../../routes'
import type { Deps } from '../deps'
import { sendNotice } from '../sends/send-notice'

export interface CompanyChange {
  accountId: string
  /** User id of the person who changed it. */
  actor: string
  before: Company
  after: Company
  /** The account's language, for an owner who has chosen none. */
  language: string
  timeZone: string
}

/** Mails each owner the changes of bank details and reply address. Sends nothing if these are unchanged. */
export async function mailCompanyChange(deps: Deps, change: CompanyChange): Promise<void> {
  const { accountId, actor, before, after } = change
  const fields = sensitiveChanges(before, after)
  if (fields.length === 0) return
  const [owners, author] = await Promise.all([listOwners(deps.db, accountId), findPersonById(deps.db, actor)])
  const notice = {
    kind: 'company_changed',
    company: displayName(after),
    person: author?.name || author?.email || '',
    changes: fields.map((field) => shownChange(field, before, after)),
    at: deps.now(),
    link: new URL(routes.companySettings, deps.config.APP_URL).href,
  } as const
  await Promise.all(
    owners.map(({ email, language, timeZone }) =>
      sendNotice(
        deps,
        { ...notice, timeZone: timeZone || change.timeZone },
        { to: email, language: languageFor(language || change.language) },
      ),
    ),
  )
}

const shownChange = (field: SensitiveField, before: Company, after: Company): SensitiveChange => ({
  field,
  from: shown(field, before[field]),
  to: shown(field, after[field]),
})

const MAX_VALUE = 100

/**
 * Shortens an IBAN to its first and last four characters, since other people may read the mail; cuts other values at
 * 100.
 */
const shown = (field: SensitiveField, value: string): string =>
  field === 'iban' ? value.replace(/^(.{4}).+(.{4})$/, '$1 … $2') : value.slice(0, MAX_VALUE)
