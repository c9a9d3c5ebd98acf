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
  /** Of the text that the form showed; 0 = the account had none of its own. */
  version: number
}

type Saved = { ok: true; value: null } | Refused<'not_found' | 'stale'>

/** Sets an account's own words for a kind of mail; whatever is wrong with them is found before they are kept. */
export async function saveTranslation(
  deps: Deps,
  ref: TextRef,
  text: Translation,
): Promise<Saved | { ok: false; reason: 'problems'; problems: TranslationProblem[] }> {
  const problems = checkTranslation(text, ref.kind)
  if (problems.length > 0) return { ok: false, reason: 'problems', problems }
  const { language, kind } = ref
  const builtIn = isBuiltIn(language)
  // Our own words, typed or left as they are, stay ours, and follow us when we better them.
  if (builtIn && isSame(text, builtInTranslation(kind, language))) return resetTranslation(deps, ref)
  const before = await shownBefore(deps, ref)
  if (!before) return refuse('not_found')
  const [saved] = await runBatch(deps.db, [
    upsertTranslation(ref, text, { version: ref.version, now: deps.now() }),
    told(deps, ref, 'translation_saved', before.text, text),
  ])
  return saved?.results.length ? ok(null) : refuse('stale')
}

/** Takes an account's own words away: ours hold again or, in a language of its own, those of the next language. */
export async function resetTranslation(deps: Deps, ref: TextRef): Promise<Saved> {
  const before = await shownBefore(deps, ref)
  if (!before) return refuse('not_found')
  if (before.version === 0) return ref.version === 0 ? ok(null) : refuse('stale')
  const [reset] = await runBatch(deps.db, [
    deleteTranslation(deps.db, ref, ref.version),
    told(deps, ref, 'translation_reset', before.text, before.fallback),
  ])
  return reset?.results.length ? ok(null) : refuse('stale')
}

const isSame = (a: Translation, b: Translation): boolean => a.subject === b.subject && a.body === b.body

/** What holds now, and what would without the account's own words; undefined where the account has no such language. */
async function shownBefore({ db }: Deps, { accountId, language, kind }: TextRef) {
  const [account, own] = await Promise.all([findAccount(db, accountId), listTranslations(db, accountId)])
  if (!account || !languagesOf(account.settings).includes(language)) return undefined
  const chain = languageChain(account.settings, language)
  const mine = findTranslation(own, language, kind)
  const fallback = translationFor(
    kind,
    chain,
    own.filter((text) => text !== mine),
  )
  return { text: mine ?? fallback, fallback, version: mine?.version ?? 0 }
}

function told(
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
