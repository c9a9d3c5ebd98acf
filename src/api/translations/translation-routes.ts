/** Serves the texts of mails. Live and test mails have the same, so a test key reads and tries them, and a live key changes them. */
import { Hono } from 'hono'
import { retryStale } from '../../commands/retry-stale'
import { previewTranslation } from '../../commands/translations/preview-translation'
import { resetTranslation, saveTranslation } from '../../commands/translations/save-translation'
import { listAccountTexts } from '../../db/account-texts'
import { listTranslations } from '../../db/translations'
import { displayName } from '../../domain/company'
import { languagesOf } from '../../domain/languages'
import { isTestDocument } from '../../domain/test-mode'
import { cleanLine, cleanText } from '../../domain/text'
import { findTranslation, isTextKind, TEXT_KINDS, type TextKind, type Translation } from '../../domain/translation'
import type { ApiContext, ApiEnv } from '../api-env'
import { Problem } from '../problem'
import { refusalProblem, unwrap } from '../refusal'
import { requireLiveKey } from '../require-live-key'
import { serve } from '../serve'
import { textProblems } from './text-problems'
import { translationJson } from './translation-json'
import * as operations from './translation-operations'

export const translationRoutes = new Hono<ApiEnv>()

serve(translationRoutes, operations.listTranslations, async (c, { query }) => {
  const { deps, account } = c.var
  const stored = await listTranslations(deps.db, account.id)
  const languages = languagesOf(account.settings).filter((one) => one === (query.language ?? one))
  const kinds = TEXT_KINDS.filter((one) => one === (query.kind ?? one))
  const shown = languages.flatMap((language) => kinds.map((kind) => ({ language, kind })))
  return { data: shown.map((place) => translationJson(account.settings, stored, place)) }
})

serve(translationRoutes, operations.getTranslation, async (c, { params }) => shownAt(c, placeOf(c, params)))

serve(translationRoutes, operations.putTranslation, async (c, { params, body }) => {
  const place = placeOf(c, params)
  requireLiveKey(c)
  const text = cleaned(body)
  const saved = await change(c, place, (ref) => saveTranslation(c.var.deps, ref, text))
  if (!saved.ok) throw 'problems' in saved ? textProblems(saved.problems) : refusalProblem(saved)
  return shownAt(c, place)
})

serve(translationRoutes, operations.deleteTranslation, async (c, { params }) => {
  const place = placeOf(c, params)
  requireLiveKey(c)
  unwrap(await change(c, place, (ref) => resetTranslation(c.var.deps, ref)))
  return null
})

serve(translationRoutes, operations.previewTranslation, async (c, { body: { language, kind, ...rest } }) => {
  const { deps, key, account } = c.var
  const { id: accountId, company, logo, settings } = account
  const documentId = rest.document_id ?? null
  if (documentId !== null && isTestDocument(documentId) !== key.test) throw new Problem('not_found')
  const mail = await previewTranslation(deps, {
    ...{ accountId, userId: key.id, company, logo, settings, kind, documentId },
    ...{ language: placeOf(c, { language, kind }).language, person: displayName(company) },
    to: company.email || `preview@${deps.config.MAIL_DOMAIN}`,
    accountTexts: await listAccountTexts(deps.db, accountId),
    madeUp: documentId === null,
    ...cleaned(rest),
  })
  if (!mail) throw new Problem('not_found')
  if ('problems' in mail) throw textProblems(mail.problems)
  const { subject, html, text } = mail.mail
  return { subject, html, text }
})

interface Place {
  language: string
  kind: TextKind
}

/** Returns the place of a text; throws 404 for a language that the account does not have, and for an unknown kind. */
function placeOf(c: ApiContext, { language, kind }: { language: string; kind: string }): Place {
  if (!isTextKind(kind) || !languagesOf(c.var.account.settings).includes(language)) throw new Problem('not_found')
  return { language, kind }
}

/** Changes a text as it is now; one that changes meanwhile is read again. */
async function change<R extends { ok: boolean }>(
  c: ApiContext,
  place: Place,
  write: (ref: Place & { accountId: string; actor: string; version: number }) => Promise<R>,
) {
  const { deps, key } = c.var
  const { accountId, id: actor } = key
  return retryStale(async () => {
    const stored = await listTranslations(deps.db, accountId)
    const version = findTranslation(stored, place.language, place.kind)?.version ?? 0
    const done = await write({ ...place, accountId, actor, version })
    return 'reason' in done && done.reason === 'stale' ? undefined : done
  })
}

const shownAt = async ({ var: { deps, account } }: ApiContext, place: Place) =>
  translationJson(account.settings, await listTranslations(deps.db, account.id), place)

/** Cleans the texts as they are stored, so that the lines and columns of problems match. */
const cleaned = ({ subject, body }: Translation): Translation => ({
  subject: cleanLine(subject),
  body: cleanText(body),
})
