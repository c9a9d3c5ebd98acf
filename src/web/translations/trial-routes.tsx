/** Tries a text before it is saved: its preview, its problems, and a test mail to the person who edits it. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { previewTranslation } from '../../commands/translations/preview-translation'
import { sendTranslationTest } from '../../commands/translations/send-translation-test'
import type { TextTrial } from '../../commands/translations/text-trial'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireMailWithinLimit } from '../middleware/rate-limit'
import { requireAccount, requireRole } from '../middleware/session'
import { type FormValues, readForm } from '../ui/form-state'
import { previewFrame } from '../ui/mail-frame'
import { fragment } from '../ui/page'
import { type RequiredText, requireKind, requireText } from './require-language'
import { cleanTexts, problemErrors, problemsOf, textsOf } from './text-form'
import { TextProblems } from './text-problems'
import { textPage } from './text-routes'
import { documentsFor, SAMPLE } from './trial-documents'

export const trialRoutes = new Hono<AccountEnv>()

trialRoutes.get(routes.translationPreview(':language', ':kind'), requireAccount, async (c) =>
  preview(c, await requireText(c), c.req.query()),
)

/** Accepts the same form as saving. With `load=problems`, responds with the lines that have problems. */
trialRoutes.post(routes.translationPreview(':language', ':kind'), requireAccount, async (c) => {
  const values = cleanTexts(await readForm(c))
  const kind = requireKind(c)
  if (values.load === 'problems')
    return fragment(c, <TextProblems values={values} kind={kind} problems={problemsOf(values, kind)} />)
  return preview(c, await requireText(c), values)
})

trialRoutes.post(routes.translationTests(':language', ':kind'), requireAccount, requireRole('admin'), async (c) => {
  const { deps, signedIn, t } = c.var
  const found = await requireText(c)
  const values = cleanTexts(await readForm(c))
  await requireMailWithinLimit(c, 'translation test', signedIn.email)
  const sent = await sendTranslationTest(deps, await trialOf(c, found, values))
  if (sent.ok) return textPage(c, found, { values, errors: {} }, { tested: true })
  if (sent.reason === 'not_found') throw new HTTPException(404)
  const errors = 'problems' in sent ? problemErrors(sent.problems, t) : { '': t(`problem.${sent.reason}`) }
  return textPage(c, found, { values, errors }, { status: 422 })
})

async function preview(c: Context<AccountEnv>, found: RequiredText, values: FormValues) {
  const mail = await previewTranslation(c.var.deps, await trialOf(c, found, values))
  if (!mail) throw new HTTPException(404)
  return previewFrame(c, mail, values.view ?? 'html')
}

async function trialOf(c: Context<AccountEnv>, found: RequiredText, values: FormValues): Promise<TextTrial> {
  const { accountId, userId, company, logo, settings, email: to, name } = c.var.signedIn
  const { language } = found.state
  const documentId = await documentIdOf(c, found, values)
  return {
    accountId,
    userId,
    company,
    logo,
    settings,
    to,
    person: name || to,
    language,
    kind: found.kind,
    documentId,
    accountTexts: found.state.accountTexts,
    ...textsOf(values, found),
  }
}

/** Returns the chosen document, else the latest one; null for a made-up one. */
async function documentIdOf(
  c: Context<AccountEnv>,
  { kind }: RequiredText,
  { document = '' }: FormValues,
): Promise<string | null> {
  if (document === SAMPLE) return null
  if (document !== '') return document
  return (await documentsFor(c, kind))[0]?.id ?? null
}
