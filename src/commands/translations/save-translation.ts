import { findAccount } from '../../db/accounts'
import { runBatch } from '../../db/client'
import { deleteTranslation, listTranslations, upsertTranslation } from '../../db/translations'
import { changesBetween } from '../../domain/audit'
import { isBuiltIn, languageChain, languagesOf } from '../../domain/languages'
import { ok, type Refused, refuse } from '../../domain/result'
import { findTranslation, type TextKind, type Translation } from '../../domain/translation'
import { checkTranslation, type TranslationProblem } from '../../mail/check-translation'
import { builtInTranslation, translationFor } from '../../mail/translation'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

export interface TextRef {
  accountId: string
  actor: string
  language: string
  kind: TextKind
  /** Version of the text that the form showed; 0 = the account had no custom one. */
  version: number
}

type Saved = { ok: true; value: null } | Refused<'not_found' | 'stale'>

/** Saves an account's custom text for a kind of mail, once `checkTranslation` finds no problem in it. */
export async function saveTranslation(
  deps: Deps,
  ref: TextRef,
  text: Translation,
): Promise<Saved | { ok: false; reason: 'problems'; problems: TranslationProblem[] }> {
  const problems = checkTranslation(text, ref.kind)
  if (problems.length > 0) return { ok: false, reason: 'problems', problems }
  const { language, kind } = ref
  const builtIn = isBuiltIn(language)
  // A text equal to the built-in one is not stored as custom, so that it follows later versions of the built-in text.
  if (builtIn && isSame(text, builtInTranslation(kind, language))) return resetTranslation(deps, ref)
  const before = await shownBefore(deps, ref)
  if (!before) return refuse('not_found')
  const [saved] = await runBatch(deps.db, [
    upsertTranslation(ref, text, { version: ref.version, now: deps.now() }),
    auditRow(deps, ref, 'translation_saved', before.text, text),
  ])
  return saved?.results.length ? ok(null) : refuse('stale')
}

/**
 * Deletes an account's custom text. The built-in text applies again or, in a custom language, that of the next
 * language.
 */
export async function resetTranslation(deps: Deps, ref: TextRef): Promise<Saved> {
  const before = await shownBefore(deps, ref)
  if (!before) return refuse('not_found')
  if (before.version === 0) return ref.version === 0 ? ok(null) : refuse('stale')
  const [reset] = await runBatch(deps.db, [
    deleteTranslation(deps.db, ref, ref.version),
    auditRow(deps, ref, 'translation_reset', before.text, before.fallback),
  ])
  return reset?.results.length ? ok(null) : refuse('stale')
}

const isSame = (a: Translation, b: Translation): boolean => a.subject === b.subject && a.body === b.body

/**
 * Returns the text that applies now, and the fallback that would apply without the account's custom one; undefined
 * where the account lacks the language.
 */
async function shownBefore({ db }: Deps, { accountId, language, kind }: TextRef) {
  const [account, customTexts] = await Promise.all([findAccount(db, accountId), listTranslations(db, accountId)])
  if (!account || !languagesOf(account.settings).includes(language)) return undefined
  const chain = languageChain(account.settings, language)
  const custom = findTranslation(customTexts, language, kind)
  const fallback = translationFor(
    kind,
    chain,
    customTexts.filter((text) => text !== custom),
  )
  return { text: custom ?? fallback, fallback, version: custom?.version ?? 0 }
}

function auditRow(
  deps: Deps,
  { accountId, actor, language, kind }: TextRef,
  action: 'translation_saved' | 'translation_reset',
  before: Translation,
  after: Translation,
) {
  const changes = changesBetween(
    { subject: before.subject, body: before.body },
    { subject: after.subject, body: after.body },
  )
  return auditEntry(deps, { accountId, actor, action, subject: `${language} ${kind}`, changes })
}
