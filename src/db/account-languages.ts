/** Whether an account still has a language, for statements that write or delete what hangs on it. */
import { sql } from 'drizzle-orm'
import { isBuiltIn } from '../domain/languages'

export const hasLanguage = (accountId: string, language: string) => sql`EXISTS (
  SELECT 1 FROM accounts a WHERE a.id = ${accountId} AND CASE
    WHEN a.settings->'languages' IS NULL THEN ${isBuiltIn(language) ? 1 : 0}
    ELSE EXISTS (SELECT 1 FROM json_each(a.settings, '$.languages') l WHERE l.value = ${language}) END)`
