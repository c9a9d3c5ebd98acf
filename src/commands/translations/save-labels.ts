import { findAccount } from '../../db/accounts'
import { runBatch } from '../../db/client'
import { listLabels, upsertLabels } from '../../db/labels'
import { changesBetween } from '../../domain/audit'
import type { LabelTexts } from '../../domain/labels'
import { isBuiltIn, languagesOf } from '../../domain/languages'
import { ok, type Refused, refuse } from '../../domain/result'
import { cleanLine } from '../../domain/text'
import { builtInText } from '../../i18n'
import { labelsOf, placeholdersOf } from '../../i18n/labels'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

export interface LabelsRef {
  accountId: string
  actor: string
  language: string
  /** Version of the labels that the form showed; 0 = the account had no custom ones. */
  version: number
}

export type LabelProblem = Refused<'text_too_long' | 'label_placeholders' | 'label_placeholder_unknown'>

type Saved =
  | { ok: true; value: null }
  | Refused<'not_found' | 'stale'>
  | { ok: false; reason: 'problems'; problems: Record<string, LabelProblem> }

export const MAX_LABEL_CHARS = 300

/**
 * Saves an account's custom labels in a language, for documents finalised from now on and for their mails and pages.
 * @param typed by key; an empty text or one equal to the built-in label is not stored, so that the default applies
 */
export async function saveLabels(deps: Deps, ref: LabelsRef, typed: LabelTexts): Promise<Saved> {
  const { accountId, actor, language, version } = ref
  const texts = cleaned(typed, language)
  const problems = problemsOf(texts)
  if (Object.keys(problems).length > 0) return { ok: false, reason: 'problems', problems }
  const [account, custom] = await Promise.all([findAccount(deps.db, accountId), listLabels(deps.db, accountId)])
  if (!account || !languagesOf(account.settings).includes(language)) return refuse('not_found')
  const before = custom.find((labels) => labels.language === language)
  if ((before?.version ?? 0) !== version) return refuse('stale')
  const changes = changesBetween(before?.texts ?? {}, texts)
  if (changes.length === 0) return ok(null)
  const [saved] = await runBatch(deps.db, [
    upsertLabels(ref, texts, deps.now()),
    auditEntry(deps, { accountId, actor, action: 'labels_saved', subject: language, changes }),
  ])
  return saved?.results.length ? ok(null) : refuse('stale')
}

function cleaned(typed: LabelTexts, language: string): LabelTexts {
  const texts: LabelTexts = {}
  for (const key of labelsOf(language)) {
    const text = cleanLine(typed[key] ?? '')
    if (text !== '' && !(isBuiltIn(language) && text === builtInText(language, key))) texts[key] = text
  }
  return texts
}

/** Checks that each label has exactly the placeholders of the built-in one, and its length. */
function problemsOf(texts: LabelTexts): Record<string, LabelProblem> {
  const problems: Record<string, LabelProblem> = {}
  for (const [key, text] of Object.entries(texts)) {
    const needed = placeholdersOf(builtInText('en', key))
    const found = placeholdersOf(text)
    const unknown = found.find((name) => !needed.includes(name))
    if (text.length > MAX_LABEL_CHARS) problems[key] = refuse('text_too_long', { max: MAX_LABEL_CHARS })
    else if (unknown) problems[key] = refuse('label_placeholder_unknown', { unknown })
    else if (found.length < needed.length) problems[key] = refuse('label_placeholders', { needed: needed.join(' ') })
  }
  return problems
}
