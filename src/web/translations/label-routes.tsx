/** Shows and saves the labels of a language: those of documents, of their pages, and around the text of mails. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { saveLabels } from '../../commands/translations/save-labels'
import { type Labels, labelsFor } from '../../domain/labels'
import { isBuiltIn, languageChain } from '../../domain/languages'
import { builtInText } from '../../i18n'
import { labelsOf } from '../../i18n/labels'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount, requireRole } from '../middleware/session'
import { differencesOf } from '../ui/conflict'
import { type FormState, type FormValues, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { labelName } from './label-name'
import { LabelPage } from './label-page'
import { type RequiredLanguage, requireLanguage } from './require-language'
import { versionOf } from './text-form'

export const labelRoutes = new Hono<AccountEnv>()

labelRoutes.get(routes.labels(':language'), requireAccount, async (c) => {
  const state = await requireLanguage(c)
  return labelPage(c, state, { values: valuesOf(state), errors: {} })
})

labelRoutes.post(routes.labels(':language'), requireAccount, requireRole('admin'), async (c) => {
  const { deps, signedIn, t } = c.var
  const state = await requireLanguage(c)
  const { language } = state
  const values = await readForm(c)
  const { accountId, userId: actor } = signedIn
  const saved = await saveLabels(deps, { accountId, actor, language, version: versionOf(values) }, values)
  if (saved.ok) {
    flash(c, 'notice.saved')
    return c.redirect(routes.labels(language), 303)
  }
  if ('problems' in saved) {
    const errors = Object.entries(saved.problems).map(([key, problem]) => [key, refusalText(t, problem)])
    return labelPage(c, state, { values, errors: Object.fromEntries(errors) }, 422)
  }
  if (saved.reason === 'not_found') throw new HTTPException(404)
  const current = await requireLanguage(c)
  return labelPage(
    c,
    current,
    { values: { ...values, version: String(customLabelsOf(current)?.version ?? 0) }, errors: {} },
    409,
  )
})

const customLabelsOf = ({ accountTexts, language }: RequiredLanguage) =>
  accountTexts.labels.find((labels) => labels.language === language)

/**
 * Returns what the fields show: custom labels, else built-in ones. Without either, a field is empty and another
 * language applies.
 */
function valuesOf(state: RequiredLanguage): FormValues {
  const { language } = state
  const custom = customLabelsOf(state)
  const label = (key: string) => custom?.texts[key] ?? (isBuiltIn(language) ? builtInText(language, key) : '')
  return {
    version: String(custom?.version ?? 0),
    ...Object.fromEntries(labelsOf(language).map((key) => [key, label(key)])),
  }
}

/** Returns the labels that apply where a field is empty. */
function fallbackLabels(c: Context<AccountEnv>, state: RequiredLanguage): Labels {
  const others = state.accountTexts.labels.filter(({ language }) => language !== state.language)
  return labelsFor(languageChain(c.var.signedIn.settings, state.language), others)
}

function labelPage(c: Context<AccountEnv>, state: RequiredLanguage, form: FormState, status: 200 | 409 | 422 = 200) {
  const { t } = c.var
  const labels = labelsOf(state.language).map((key): [string, string] => [key, labelName(key, t)])
  const conflict = status === 409 ? differencesOf(form.values, valuesOf(state), labels) : []
  const title = t('translations.labels')
  return page(
    c,
    { title, section: 'translations', status },
    <LabelPage {...{ state, form, conflict }} fallbackLabels={fallbackLabels(c, state)} />,
  )
}
