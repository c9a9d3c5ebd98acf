import { findAccount, updateAccount } from '../../db/accounts'
import { runBatch } from '../../db/client'
import { deleteLanguageLabels } from '../../db/labels'
import { deleteLanguageTranslations, listTranslations } from '../../db/translations'
import type { Change } from '../../domain/audit'
import { languagesOf } from '../../domain/languages'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { retryStale } from '../retry-stale'

export interface LanguageRef {
  accountId: string
  actor: string
  language: string
}

/**
 * Deletes a language and its texts from an account. Readers who prefer it get the next one of `languageChain`. If it
 * was the account's default, the first remaining language becomes the default. The last language can't be deleted.
 */
export const deleteLanguage = (
  deps: Deps,
  ref: LanguageRef,
): Promise<Result<null, 'not_found' | 'last_language' | 'busy'>> => retryStale(() => tryToDelete(deps, ref))

async function tryToDelete(
  deps: Deps,
  { accountId, actor, language }: LanguageRef,
): Promise<Result<null, 'not_found' | 'last_language'> | undefined> {
  const account = await findAccount(deps.db, accountId)
  const languages = account ? languagesOf(account.settings) : []
  if (!account || !languages.includes(language)) return refuse('not_found')
  const remaining = languages.filter((tag) => tag !== language)
  const [first] = remaining
  if (first === undefined) return refuse('last_language')
  const defaultLanguage = account.settings.language === language ? first : account.settings.language
  const texts = await listTranslations(deps.db, accountId)
  const changes: Change[] = [
    ...(defaultLanguage === account.settings.language
      ? []
      : [{ field: 'language', from: language, to: defaultLanguage }]),
    ...texts
      .filter((text) => text.language === language)
      .map(({ kind, subject }) => ({ field: kind, from: subject, to: '' })),
  ]
  const settings = { ...account.settings, language: defaultLanguage, languages: remaining }
  const [deleted] = await runBatch(deps.db, [
    updateAccount(deps.db, account, { settings }),
    auditEntry(deps, { accountId, actor, action: 'language_deleted', subject: language, changes }),
    deleteLanguageTranslations(accountId, language),
    deleteLanguageLabels(accountId, language),
  ])
  return deleted?.results.length ? ok(null) : undefined
}
