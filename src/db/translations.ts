/** A merchant's custom mail texts. */
import { and, eq, sql } from 'drizzle-orm'
import type { StoredTranslation, TextKind } from '../domain/translation'
import { hasLanguage } from './account-languages'
import { type Db, jsonList } from './client'
import { translations } from './schema'

export interface TextKey {
  accountId: string
  language: string
  kind: TextKind
}

/** All of an account's: some dozens at most. */
export async function listTranslations(db: Db, accountId: string): Promise<StoredTranslation[]> {
  const { language, kind, subject, body, version } = translations
  return db
    .select({ language, kind, subject, body, version })
    .from(translations)
    .where(eq(translations.accountId, accountId))
}

/** For a batch: writes a text unless it is no longer of this version (0 = there is none yet), or its language is gone. */
export const upsertTranslation = (
  key: TextKey,
  { subject, body }: Pick<StoredTranslation, 'subject' | 'body'>,
  { version, now }: { version: number; now: number },
) => sql`
  INSERT INTO translations (account_id, language, kind, subject, body, version, updated_at)
  SELECT ${key.accountId}, ${key.language}, ${key.kind}, ${subject}, ${body}, 1, ${now}
  WHERE ${hasLanguage(key.accountId, key.language)} AND (${version} = 0 OR EXISTS (SELECT 1 FROM translations
    WHERE account_id = ${key.accountId} AND language = ${key.language} AND kind = ${key.kind}))
  ON CONFLICT (account_id, language, kind) DO UPDATE
    SET subject = excluded.subject, body = excluded.body, version = version + 1, updated_at = excluded.updated_at
    WHERE translations.version = ${version}
  RETURNING version`

/** For a batch: takes a text away, so that the default holds, unless it is no longer of this version. */
export const deleteTranslation = (db: Db, { accountId, language, kind }: TextKey, version: number) =>
  db
    .delete(translations)
    .where(
      and(
        eq(translations.accountId, accountId),
        eq(translations.language, language),
        eq(translations.kind, kind),
        eq(translations.version, version),
      ),
    )
    .returning({ kind: translations.kind })

/** For a batch: the first texts of a language that the account has by now. */
export const insertTranslations = (
  accountId: string,
  language: string,
  texts: readonly Pick<StoredTranslation, 'kind' | 'subject' | 'body'>[],
  now: number,
) => sql`
  INSERT INTO translations (account_id, language, kind, subject, body, version, updated_at)
  SELECT ${accountId}, ${language}, value->>'kind', value->>'subject', value->>'body', 1, ${now}
  FROM json_each(${jsonList(texts)}) WHERE ${hasLanguage(accountId, language)}
  ON CONFLICT DO NOTHING`

/** For a batch: all texts of a language that the account has no longer. */
export const deleteLanguageTranslations = (accountId: string, language: string) => sql`
  DELETE FROM translations
  WHERE account_id = ${accountId} AND language = ${language} AND NOT ${hasLanguage(accountId, language)}`
