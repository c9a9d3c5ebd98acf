import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { addLanguage } from '../../commands/translations/add-language'
import { deleteLanguage } from '../../commands/translations/delete-language'
import { listAccountTexts } from '../../db/account-texts'
import { languageStates } from '../../domain/language-states'
import { languageName } from '../../i18n/format'
import { ALL_LABELS } from '../../i18n/labels'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount, requireRole } from '../middleware/session'
import { emptyForm, type FormState, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { LanguageDeletionPage } from './deletion-page'
import { LanguagePage } from './language-page'
import { LanguageListPage } from './list-page'
import { requireLanguage } from './require-language'

export const languageRoutes = new Hono<AccountEnv>()

const admins = requireRole('admin')

languageRoutes.get(routes.translations, requireAccount, (c) => listPage(c))

languageRoutes.post(routes.translations, requireAccount, admins, async (c) => {
  const typed = await readForm(c)
  const { accountId, userId: actor } = c.var.signedIn
  const { tag = '', copyOf = '' } = typed
  const added = await addLanguage(c.var.deps, { accountId, actor, tag, copyOf })
  if (!added.ok) {
    const field = added.reason === 'language_unknown' ? 'copyOf' : 'tag'
    return listPage(c, { values: typed, errors: { [field]: refusalText(c.var.t, added) } }, 422)
  }
  flash(c, 'notice.language_added')
  return c.redirect(routes.languageTexts(added.value), 303)
})

languageRoutes.get(routes.languageTexts(':language'), requireAccount, async (c) => {
  const state = await requireLanguage(c)
  const title = languageName(state.language, c.var.language)
  return page(c, { title, section: 'translations' }, <LanguagePage state={state} />)
})

languageRoutes.get(routes.languageDeletion(':language'), requireAccount, admins, (c) => deletionPage(c))

languageRoutes.post(routes.languageDeletion(':language'), requireAccount, admins, async (c) => {
  const { accountId, userId: actor } = c.var.signedIn
  const deleted = await deleteLanguage(c.var.deps, { accountId, actor, language: c.req.param('language') })
  if (!deleted.ok && deleted.reason === 'not_found') throw new HTTPException(404)
  if (!deleted.ok && deleted.reason === 'last_language') return deletionPage(c, 409)
  if (!deleted.ok) {
    flash(c, 'refusal.busy')
    return c.redirect(routes.languageDeletion(c.req.param('language')), 303)
  }
  flash(c, 'notice.language_deleted')
  return c.redirect(routes.translations, 303)
})

async function listPage(c: Context<AccountEnv>, form: FormState = emptyForm, status: 200 | 422 = 200) {
  const { deps, signedIn, t } = c.var
  const states = languageStates(signedIn.settings, await listAccountTexts(deps.db, signedIn.accountId), ALL_LABELS)
  const title = t('translations.title')
  return page(c, { title, section: 'translations', status }, <LanguageListPage states={states} form={form} />)
}

async function deletionPage(c: Context<AccountEnv>, status: 200 | 409 = 200) {
  const state = await requireLanguage(c)
  const title = c.var.t('translations.delete')
  return page(c, { title, section: 'translations', narrow: true, status }, <LanguageDeletionPage state={state} />)
}
