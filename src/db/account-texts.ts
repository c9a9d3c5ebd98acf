/** Merchants' own words, texts and labels, as pages and mails need them. */
import { sql } from 'drizzle-orm'
import type { OwnLabels, OwnWords } from '../domain/labels'
import type { OwnText } from '../domain/translation'
import { type Db, jsonList, runBatch } from './client'
import { listOwnLabels } from './labels'
import { listOwnTexts, type TextKey } from './translations'

/** All of an account's. */
export async function listOwnWords(db: Db, accountId: string): Promise<OwnWords> {
  const [texts, labels] = await Promise.all([listOwnTexts(db, accountId), listOwnLabels(db, accountId)])
  return { texts, labels }
}

interface Owned {
  accountId: string
}

/** Of several accounts. */
export interface AccountWords {
  texts: (OwnText & Owned)[]
  labels: (OwnLabels & Owned)[]
}

/** Those of these that merchants have written, of however many accounts: one trip for a batch of mails. */
export async function listWordsFor(db: Db, keys: readonly TextKey[]): Promise<AccountWords> {
  if (keys.length === 0) return { texts: [], labels: [] }
  const texts = distinct(keys.map(({ accountId, language, kind }) => [accountId, language, kind]))
  const languages = distinct(keys.map(({ accountId, language }) => [accountId, language]))
  const [ownTexts, ownLabels] = await runBatch(db, [
    sql`
      SELECT t.account_id AS accountId, t.language, t.kind, t.subject, t.body, t.version FROM json_each(${texts}) j
      CROSS JOIN translations t ON t.account_id = j.value->>0 AND t.language = j.value->>1 AND t.kind = j.value->>2`,
    sql`
      SELECT l.account_id AS accountId, l.language, l.texts, l.version FROM json_each(${languages}) j
      CROSS JOIN labels l ON l.account_id = j.value->>0 AND l.language = j.value->>1`,
  ])
  return {
    texts: (ownTexts?.results ?? []) as unknown as AccountWords['texts'],
    labels: (ownLabels?.results ?? []).map((row) => ({
      ...(row as unknown as OwnLabels & Owned),
      texts: JSON.parse(String(row.texts)),
    })),
  }
}

export const wordsOf = ({ texts, labels }: AccountWords, accountId: string): OwnWords => ({
  texts: texts.filter((text) => text.accountId === accountId),
  labels: labels.filter((label) => label.accountId === accountId),
})

const distinct = (keys: string[][]): string => `[${[...new Set(keys.map((key) => jsonList(key)))].join()}]`
