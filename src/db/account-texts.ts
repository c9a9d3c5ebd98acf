/** Custom mail texts and labels of accounts, as pages and mails need them. */
import { sql } from 'drizzle-orm'
import type { AccountTexts } from '../domain/account-texts'
import type { LabelTexts, StoredLabels } from '../domain/labels'
import type { StoredTranslation } from '../domain/translation'
import { type Db, jsonList, runBatch } from './client'
import { listLabels } from './labels'
import { readJson } from './read-json'
import { LABEL_TEXTS } from './stored-shapes'
import { listTranslations, type TextKey } from './translations'

/** Returns all custom texts and labels of an account. */
export async function listAccountTexts(db: Db, accountId: string): Promise<AccountTexts> {
  const [texts, labels] = await Promise.all([listTranslations(db, accountId), listLabels(db, accountId)])
  return { texts, labels }
}

interface OfAccount {
  accountId: string
}

export interface TextsOfAccounts {
  texts: (StoredTranslation & OfAccount)[]
  labels: (StoredLabels & OfAccount)[]
  /** Ids of accounts with a row of labels that can't be read. */
  unreadable: string[]
}

/** Returns the custom texts and labels for these keys, of any number of accounts, in one query for a batch of mails. */
export async function listTextsFor(db: Db, keys: readonly TextKey[]): Promise<TextsOfAccounts> {
  if (keys.length === 0) return { texts: [], labels: [], unreadable: [] }
  const texts = distinct(keys.map(({ accountId, language, kind }) => [accountId, language, kind]))
  const languages = distinct(keys.map(({ accountId, language }) => [accountId, language]))
  const [textRows, labelRows] = await runBatch<TextRow & LabelRow>(db, [
    sql`
      SELECT t.account_id AS accountId, t.language, t.kind, t.subject, t.body, t.version FROM json_each(${texts}) j
      CROSS JOIN translations t ON t.account_id = j.value->>0 AND t.language = j.value->>1 AND t.kind = j.value->>2`,
    sql`
      SELECT l.account_id AS accountId, l.language, l.texts, l.version FROM json_each(${languages}) j
      CROSS JOIN labels l ON l.account_id = j.value->>0 AND l.language = j.value->>1`,
  ])
  const found: TextsOfAccounts = { texts: textRows?.results ?? [], labels: [], unreadable: [] }
  for (const { accountId, language, version, texts: column } of labelRows?.results ?? []) {
    const labels = readTexts(column)
    if (labels) found.labels.push({ accountId, language, version, texts: labels })
    else found.unreadable.push(accountId)
  }
  return found
}

type TextRow = StoredTranslation & OfAccount
type LabelRow = Omit<StoredLabels, 'texts'> & OfAccount & { texts: string }

/** Parses a column of labels. Returns undefined when it can't be read, so that mails of other accounts can still be made. */
function readTexts(column: string): LabelTexts | undefined {
  try {
    return readJson(LABEL_TEXTS, column)
  } catch {
    return undefined
  }
}

/** Selects the texts and labels of one account. */
export const textsOfAccount = ({ texts, labels }: TextsOfAccounts, accountId: string): AccountTexts => ({
  texts: texts.filter((text) => text.accountId === accountId),
  labels: labels.filter((label) => label.accountId === accountId),
})

const distinct = (keys: string[][]): string => `[${[...new Set(keys.map((key) => jsonList(key)))].join()}]`
