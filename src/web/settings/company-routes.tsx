import { type Context, Hono } from 'hono'
import { mailCompanyChange } from '../../commands/accounts/mail-company-change'
import { requestReplyConfirmation } from '../../commands/accounts/request-reply-confirmation'
import { saveCompany } from '../../commands/accounts/save-company'
import { tagOf } from '../../commands/tag'
import { findAccount, type StoredAccount } from '../../db/accounts'
import { sensitiveChanges } from '../../domain/sensitive-changes'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireMailWithinLimit } from '../middleware/rate-limit'
import { requireRole } from '../middleware/session'
import { freshSignIn } from '../sign-in/fresh-sign-in'
import { afterResponse } from '../ui/after-response'
import { differencesOf } from '../ui/conflict'
import { type FormState, type FormValues, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { COMPANY_FIELDS, companyValues, parseCompanyForm } from './company-form'
import { CompanyPage } from './company-page'
import { replyStateOf } from './reply-address'

export const companySettings = new Hono<AccountEnv>()

companySettings.get(routes.companySettings, async (c) => {
  const account = await loadAccount(c)
  return companyPage(c, account, { values: companyValues(account.company), errors: {} })
})

companySettings.post(routes.companySettings, requireRole('admin'), async (c) => {
  const typed = await readForm(c)
  const form = parseCompanyForm(typed, c.var.t)
  if (!form.ok) return companyPage(c, await loadAccount(c), form, 422, typed.tag)
  const back = routes.companySettings
  const isSensitive = sensitiveChanges(c.var.signedIn.company, form.value).length > 0
  const asked = isSensitive && (await freshSignIn(c, { typed, back }))
  if (asked) return asked
  const { accountId, userId: actor, email: ownEmail } = c.var.signedIn
  const company = { accountId, actor, tag: typed.tag ?? '', company: form.value, ownEmail }
  const saved = await saveCompany(c.var.deps, company)
  if (!saved.ok) {
    const account = await loadAccount(c)
    if (saved.reason !== 'busy') return companyPage(c, account, { values: typed, errors: {} }, 409)
    return companyPage(c, account, { values: typed, errors: { '': refusalText(c.var.t, saved) } }, 422, typed.tag)
  }
  const { language, timeZone } = c.var.signedIn.settings
  const change = { accountId, actor, before: saved.value, after: form.value, language, timeZone }
  afterResponse(c, mailCompanyChange(c.var.deps, change))
  flash(c, 'notice.saved')
  return c.redirect(routes.companySettings, 303)
})

companySettings.post(routes.replyAddressConfirmations, requireRole('admin'), async (c) => {
  const { accountId, userId: actor, company } = c.var.signedIn
  await requireMailWithinLimit(c, 'reply-address', company.email)
  const asked = await requestReplyConfirmation(c.var.deps, { accountId, actor, language: c.var.language })
  flash(c, asked.ok ? 'notice.reply_confirmation_sent' : `problem.${asked.reason}`)
  return c.redirect(routes.companySettings, 303)
})

async function loadAccount(c: Context<AccountEnv>): Promise<StoredAccount> {
  const account = await findAccount(c.var.deps.db, c.var.signedIn.accountId)
  if (!account) throw new Error('the account of a signed-in member is gone')
  return account
}

/** Responds with the page. After 409 the form contains the tag of the saved company, so that saving again overwrites it deliberately. */
async function companyPage(
  c: Context<AccountEnv>,
  account: StoredAccount,
  form: FormState,
  status: 200 | 409 | 422 = 200,
  tag?: string,
) {
  const { t, deps } = c.var
  const labels = Object.entries(COMPANY_FIELDS).map(([name, key]): [string, string] => [name, t(key)])
  const saved: FormValues = companyValues(account.company)
  return page(
    c,
    { title: t('settings.company'), section: 'settings', status },
    <CompanyPage
      form={form}
      tag={tag ?? (await tagOf(account.company))}
      company={account.company}
      reply={replyStateOf(account, deps.now())}
      labels={Object.fromEntries(labels)}
      conflict={status === 409 ? differencesOf(form.values, saved, labels) : []}
    />,
  )
}
