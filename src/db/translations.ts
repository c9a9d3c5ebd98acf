/** A merchant's own texts of mails. */
import { and, eq, sql } from 'drizzle-orm'
import type { MailKind, OwnText } from '../domain/translation'
import { type Db, jsonList } from './client'
import { translations } from './schema'

export interface TextKey {
  accountId: string
  language: string
  kind: MailKind
}

/** All of an account's: some dozens at most. */
export async function listOwnTexts(db: Db, accountId: string): Promise<OwnText[]> {
  const { language, kind, subject, body, version } = translations
  return db
    .select({ language, kind, subject, body, version })
    .from(translations)
    .where(eq(translations.accountId, accountId))
}

export type AccountText = OwnText & Pick<TextKey, 'accountId'>

/** Those of these that merchants have written, of however many accounts: one query for a batch of mails. */
export async function listOwnTextsFor(db: Db, keys: readonly TextKey[]): Promise<AccountText[]> {
  const distinct = [...new Set(keys.map(({ accountId, language, kind }) => jsonList([accountId, language, kind])))]
  if (distinct.length === 0) return []
  return db.all<AccountText>(sql`
    SELECT t.account_id AS accountId, t.language, t.kind, t.subject, t.body, t.version
    FROM json_each(${`[${distinct.join()}]`}) j
    CROSS JOIN translations t ON t.account_id = j.value->>0 AND t.language = j.value->>1 AND t.kind = j.value->>2`)
}

/** The account still has the language. */
const hasLanguage = ({ accountId, language }: TextKey, builtIn: boolean) => sql`EXISTS (
  SELECT 1 FROM accounts a WHERE a.id = ${accountId} AND CASE WHEN a.settings->'languages' IS NULL THEN ${builtIn ? 1 : 0}
    ELSE EXISTS (SELECT 1 FROM json_each(a.settings, '$.languages') l WHERE l.value = ${language}) END)`

/** For a batch: writes a text unless it is no longer of this version (0 = there is none yet), or its language is gone. */
export const saveOwnText = (
  key: TextKey,
  { subject, body }: Pick<OwnText, 'subject' | 'body'>,
  { version, builtIn, now }: { version: number; builtIn: boolean; now: number },
) => sql`
  INSERT INTO translations (account_id, language, kind, subject, body, version, updated_at)
  SELECT ${key.accountId}, ${key.language}, ${key.kind}, ${subject}, ${body}, 1, ${now}
  WHERE ${hasLanguage(key, builtIn)} AND (${version} = 0 OR EXISTS (SELECT 1 FROM translations
    WHERE account_id = ${key.accountId} AND language = ${key.language} AND kind = ${key.kind}))
  ON CONFLICT (account_id, language, kind) DO UPDATE
    SET subject = excluded.subject, body = excluded.body, version = version + 1, updated_at = excluded.updated_at
    WHERE translations.version = ${version}
  RETURNING version`

/** For a batch: takes a text away, so that the default holds, unless it is no longer of this version. */
export const deleteOwnText = (db: Db, { accountId, language, kind }: TextKey, version: number) =>
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

/** For a batch: the first texts of a language, where the statement before it changed a row. */
export const insertOwnTexts = (
  accountId: string,
  texts: readonly Pick<OwnText, 'language' | 'kind' | 'subject' | 'body'>[],
  now: number,
) => sql`
  INSERT INTO translations (account_id, language, kind, subject, body, version, updated_at)
  SELECT ${accountId}, value->>'language', value->>'kind', value->>'subject', value->>'body', 1, ${now}
  FROM json_each(${jsonList(texts)}) WHERE changes() > 0
  ON CONFLICT DO NOTHING`

/** For a batch: all texts of a language, where the statement before it changed a row. */
export const deleteLanguageTexts = (accountId: string, language: string) =>
  sql`DELETE FROM translations WHERE account_id = ${accountId} AND language = ${language} AND changes() > 0`
