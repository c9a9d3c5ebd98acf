import { sql } from 'drizzle-orm'
import { isBuiltIn } from '../domain/languages'

/** Builds a condition: the account has this language. For statements that write or delete the language's texts. */
export const hasLanguage = (accountId: string, language: string) => sql`EXISTS (
  SELECT 1 FROM accounts a WHERE a.id = ${accountId} AND CASE
    WHEN a.settings->'languages' IS NULL THEN ${isBuiltIn(language) ? 1 : 0}
    ELSE EXISTS (SELECT 1 FROM json_each(a.settings, '$.languages') l WHERE l.value = ${language}) END)`
