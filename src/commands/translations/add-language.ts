import { listAccountTexts } from '../../db/account-texts'
import { findAccount, updateAccount } from '../../db/accounts'
import { runBatch } from '../../db/client'
import { insertLabels } from '../../db/labels'
import { insertTranslations } from '../../db/translations'
import type { AccountTexts } from '../../domain/account-texts'
import { isBuiltIn, languagesOf, parseLanguageTag } from '../../domain/languages'
import { ok, type Result, refuse } from '../../domain/result'
import { findTranslation, TEXT_KINDS } from '../../domain/translation'
import { builtInLabelTexts } from '../../i18n/labels'
import { builtInTranslation } from '../../mail/translation'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { retryStale } from '../retry-stale'

export interface AddLanguage {
  accountId: string
  actor: string
  /** BCP 47, as typed. */
  tag: string
  /** One of the account's languages. */
  copyOf: string
}

export type AddLanguageRefusal =
  | 'not_found'
  | 'language_tag_invalid'
  | 'language_exists'
  | 'language_unknown'
  | 'too_many_languages'
  | 'busy'

export const MAX_LANGUAGES = 40

/**
 * Adds a language at the end of an account's list. A built-in language has its built-in texts; any other gets a copy of
 * the texts of `copyOf`. Returns its tag.
 */
export const addLanguage = (deps: Deps, input: AddLanguage): Promise<Result<string, AddLanguageRefusal>> =>
  retryStale(() => tryToAdd(deps, input))

async function tryToAdd(deps: Deps, input: AddLanguage): Promise<Result<string, AddLanguageRefusal> | undefined> {
  const { accountId, actor, copyOf } = input
  const language = parseLanguageTag(input.tag)
  if (language === undefined) return refuse('language_tag_invalid')
  const account = await findAccount(deps.db, accountId)
  if (!account) return refuse('not_found')
  const languages = languagesOf(account.settings)
  if (languages.includes(language)) return refuse('language_exists')
  if (languages.length >= MAX_LANGUAGES) return refuse('too_many_languages', { max: MAX_LANGUAGES })
  if (!isBuiltIn(language) && !languages.includes(copyOf)) return refuse('language_unknown')
  const copied = isBuiltIn(language) ? undefined : copyOfTexts(await listAccountTexts(deps.db, accountId), copyOf)
  const changes = isBuiltIn(language) ? [] : [{ field: 'copyOf', from: '', to: copyOf }]
  const [added] = await runBatch(deps.db, [
    updateAccount(deps.db, account, { settings: { ...account.settings, languages: [...languages, language] } }),
    auditEntry(deps, { accountId, actor, action: 'language_added', subject: language, changes }),
    ...(copied
      ? [
          insertTranslations(accountId, language, copied.texts, deps.now()),
          insertLabels(accountId, language, copied.labels, deps.now()),
        ]
      : []),
  ])
  return added?.results.length ? ok(language) : undefined
}

/** Returns the texts and labels of a language. A text that it lacks is missing in the copy too. */
function copyOfTexts({ texts, labels }: AccountTexts, copyOf: string) {
  const customLabels = labels.find(({ language }) => language === copyOf)?.texts
  return {
    texts: TEXT_KINDS.flatMap((kind) => {
      const text =
        findTranslation(texts, copyOf, kind) ?? (isBuiltIn(copyOf) ? builtInTranslation(kind, copyOf) : undefined)
      return text ? [{ kind, subject: text.subject, body: text.body }] : []
    }),
    labels: { ...(isBuiltIn(copyOf) && builtInLabelTexts(copyOf)), ...customLabels },
  }
}
