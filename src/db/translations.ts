/** Queries of a merchant's custom mail texts. */
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

/** Lists all custom texts of an account, some dozens at most. */
export async function listTranslations(db: Db, accountId: string): Promise<StoredTranslation[]> {
  const { language, kind, subject, body, version } = translations
  return db
    .select({ language, kind, subject, body, version })
    .from(translations)
    .where(eq(translations.accountId, accountId))
}

/**
 * Writes a text. For a batch; returns no row when it is no longer of this version (0 = none exists yet), or the account no longer has the
 * language.
 */
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

/** Deletes a custom text, so that the default is used. For a batch; returns no row when it is no longer of this version. */
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

/** Inserts the first texts of a language, if the account has the language. For a batch. */
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

/** Deletes the texts of a language, if the account no longer has the language. For a batch. */
export const deleteLanguageTranslations = (accountId: string, language: string) => sql`
  DELETE FROM translations
  WHERE account_id = ${accountId} AND language = ${language} AND NOT ${hasLanguage(accountId, language)}`
