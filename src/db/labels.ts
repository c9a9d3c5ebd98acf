/** A merchant's custom labels. */
import { eq, sql } from 'drizzle-orm'
import type { LabelTexts, StoredLabels } from '../domain/labels'
import { hasLanguage } from './account-languages'
import type { Db } from './client'
import { labels } from './schema'

/** Of all an account's languages. */
export async function listLabels(db: Db, accountId: string): Promise<StoredLabels[]> {
  const { language, texts, version } = labels
  return db.select({ language, texts, version }).from(labels).where(eq(labels.accountId, accountId))
}

/** For a batch: writes a language's labels unless they are no longer of this version (0 = there are none yet), or the language is gone. */
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

/** For a batch: the first labels of a language that the account has by now. */
export const insertLabels = (accountId: string, language: string, texts: LabelTexts, now: number) => sql`
  INSERT INTO labels (account_id, language, texts, version, updated_at)
  SELECT ${accountId}, ${language}, ${JSON.stringify(texts)}, 1, ${now} WHERE ${hasLanguage(accountId, language)}
  ON CONFLICT DO NOTHING`

/** For a batch: all labels of a language that the account has no longer. */
export const deleteLanguageLabels = (accountId: string, language: string) => sql`
  DELETE FROM labels WHERE account_id = ${accountId} AND language = ${language} AND NOT ${hasLanguage(accountId, language)}`
