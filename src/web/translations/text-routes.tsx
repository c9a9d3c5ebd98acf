/**
 * Serves the editor of one text: shows it, saves it unless another person saved first, and resets it to the default.
 */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { resetTranslation, saveTranslation } from '../../commands/translations/save-translation'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount, requireRole } from '../middleware/session'
import { differencesOf } from '../ui/conflict'
import { type FormState, type FormValues, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { type RequiredText, requireText } from './require-language'
import { cleanTexts, loadedForm, problemErrors, textsOf, versionOf } from './text-form'
import { TextPage } from './text-page'
import { documentsFor } from './trial-documents'

export const textRoutes = new Hono<AccountEnv>()

const admins = requireRole('admin')

textRoutes.get(routes.translation(':language', ':kind'), requireAccount, async (c) => {
  const found = await requireText(c)
  return textPage(c, found, loadedForm(found, c.req.query()), { opened: true })
})

textRoutes.post(routes.translation(':language', ':kind'), requireAccount, admins, async (c) => {
  const found = await requireText(c)
  const values = cleanTexts(await readForm(c))
  const saved = await saveTranslation(c.var.deps, refOf(c, found, values), textsOf(values, found))
  if (saved.ok) {
    flash(c, 'notice.saved')
    return c.redirect(routes.translation(found.state.language, found.kind), 303)
  }
  if ('problems' in saved)
    return textPage(c, found, { values, errors: problemErrors(saved.problems, c.var.t) }, { status: 422 })
  if (saved.reason === 'not_found') throw new HTTPException(404)
  return stalePage(c, values)
})

textRoutes.post(routes.translationDefault(':language', ':kind'), requireAccount, admins, async (c) => {
  const found = await requireText(c)
  const values = await readForm(c)
  const reset = await resetTranslation(c.var.deps, refOf(c, found, values))
  if (!reset.ok && reset.reason === 'not_found') throw new HTTPException(404)
  if (!reset.ok) return stalePage(c, { ...values, subject: found.text.subject, body: found.text.body })
  flash(c, 'notice.translation_reset')
  return c.redirect(routes.translation(found.state.language, found.kind), 303)
})

const refOf = (c: Context<AccountEnv>, { state, kind }: RequiredText, values: FormValues) => ({
  accountId: c.var.signedIn.accountId,
  actor: c.var.signedIn.userId,
  language: state.language,
  kind,
  version: versionOf(values),
})

/** Shows the typed text in the fields beside the saved one. Saving again replaces the saved one. */
async function stalePage(c: Context<AccountEnv>, typed: FormValues) {
  const found = await requireText(c)
  const values = { ...typed, version: String(found.version) }
  return textPage(c, found, { values, errors: {} }, { status: 409 })
}

interface TextPageOptions {
  /** True if the page shows the saved text, so that its preview loads by GET. For a typed text the form is posted. */
  opened?: boolean
  /** True after a test mail of this text was sent. */
  tested?: boolean
  status?: 200 | 409 | 422
}

export async function textPage(
  c: Context<AccountEnv>,
  found: RequiredText,
  form: FormState,
  { opened = false, tested = false, status = 200 }: TextPageOptions,
) {
  const { t } = c.var
  const { subject, body } = found.text
  const labels: [string, string][] = [
    ['subject', t('send.subject')],
    ['body', t('send.body')],
  ]
  const conflict = status === 409 ? differencesOf(form.values, { subject, body }, labels) : []
  const documents = await documentsFor(c, found.kind)
  const title = t(`translations.kind.${found.kind}`)
  return page(
    c,
    { title, section: 'translations', scripts: ['send-preview.js', 'text-editor.js'], status },
    <TextPage {...{ found, form, conflict, documents, opened, tested }} />,
  )
}
