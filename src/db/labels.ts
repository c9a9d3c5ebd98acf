/** Queries of a merchant's custom labels. */
import { eq, sql } from 'drizzle-orm'
import type { LabelTexts, StoredLabels } from '../domain/labels'
import { hasLanguage } from './account-languages'
import type { Db } from './client'
import { labels } from './schema'

/** Lists an account's labels in all languages. */
export async function listLabels(db: Db, accountId: string): Promise<StoredLabels[]> {
  const { language, texts, version } = labels
  return db.select({ language, texts, version }).from(labels).where(eq(labels.accountId, accountId))
}

/**
 * Writes the labels of a language. For a batch; returns no row when they are no longer of this version (0 = none exist yet), or the account
 * no longer has the language.
 */
export const upsertLabels = (
  { accountId, language, version }: { accountId: string; language: string; version: number },
  texts: LabelTexts,
  now: number,
) => sql`
  INSERT INTO labels (account_id, language, texts, version, updated_at)
  SELECT ${accountId}, ${language}, ${JSON.stringify(texts)}, 1, ${now}
  WHERE ${hasLanguage(accountId, language)} AND (${version} = 0 OR EXISTS (
    SELECT 1 FROM labels WHERE account_id = ${accountId} AND language = ${language}))
  ON CONFLICT (account_id, language) DO UPDATE
    SET texts = excluded.texts, version = version + 1, updated_at = excluded.updated_at
    WHERE labels.version = ${version}
  RETURNING version`

/** Inserts the first labels of a language, if the account has the language. For a batch. */
export const insertLabels = (accountId: string, language: string, texts: LabelTexts, now: number) => sql`
  INSERT INTO labels (account_id, language, texts, version, updated_at)
  SELECT ${accountId}, ${language}, ${JSON.stringify(texts)}, 1, ${now} WHERE ${hasLanguage(accountId, language)}
  ON CONFLICT DO NOTHING`

/** Deletes the labels of a language, if the account no longer has the language. For a batch. */
export const deleteLanguageLabels = (accountId: string, language: string) => sql`
  DELETE FROM labels WHERE account_id = ${accountId} AND language = ${language} AND NOT ${hasLanguage(accountId, language)}`
