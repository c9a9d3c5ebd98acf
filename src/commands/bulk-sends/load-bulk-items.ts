import type { StoredAccount } from '../../db/accounts'
import { type BulkFactRow, listBulkFacts, listReached } from '../../db/bulk-facts'
import { listLabels } from '../../db/labels'
import { findSeries } from '../../db/series'
import { listSuppressed } from '../../db/suppressions'
import { listTranslations } from '../../db/translations'
import { type BulkSource, bulkPosition, type Current } from '../../domain/bulk-send'
import { dateIn } from '../../domain/calendar'
import { wasSent } from '../../domain/delivery'
import type { DocumentKind } from '../../domain/document'
import { gapsOf } from '../../domain/document-readiness'
import { makeSnapshot } from '../../domain/document-snapshot'
import { addressKey } from '../../domain/email-addresses'
import type { Finalisation } from '../../domain/finalisation'
import type { StoredLabels } from '../../domain/labels'
import { baseLanguage, chooseLanguage, languageChain } from '../../domain/languages'
import { mailKindOf, type StoredTranslation } from '../../domain/translation'
import { translationFor } from '../../mail/translation'
import type { Deps } from '../deps'
import { taxReasonTextOf } from '../documents/load-snapshot'
import { finalisationOf } from '../documents/prepare-finalise'
import { listUnreachableInTest } from '../sends/reach'

/** A document as a bulk send sees it at this moment, with what is needed to send it. */
export interface BulkItem extends Current {
  documentId: string
  kind: DocumentKind
  position: string
  /** The bulk send's, for this document: one that was sent before gets the text of repetitions. */
  origin: 'bulk' | 'bulk_resend'
  /** Of the mail. */
  language: string
  /** Of a draft. */
  finalisation: Finalisation | undefined
}

/** Those of `ids` that the account has, in a handful of queries, however many they are. */
export async function loadBulkItems(
  deps: Deps,
  { account, source, test, by }: { account: StoredAccount; source: BulkSource; test: boolean; by: string },
  ids: string[],
): Promise<BulkItem[]> {
  if (ids.length === 0) return []
  const { db } = deps
  const rows = await listBulkFacts(db, account.id, ids)
  const addresses = [...new Set(rows.flatMap(({ contact }) => contact?.emails ?? []).map(addressKey))]
  const [suppressed, outside, reached, texts, storedLabels] = await Promise.all([
    addresses.length > 0 ? listSuppressed(db, account.id, addresses) : [],
    // What is only tried reaches nobody outside.
    test ? listUnreachableInTest(deps, account.id, addresses) : [],
    'since' in source ? listReached(db, account.id, ids, source.since) : new Map<string, Set<string>>(),
    listTranslations(db, account.id),
    listLabels(db, account.id),
  ])
  const mustNot = new Set([...suppressed.map((row) => row.addressKey), ...outside])
  const act = { accountId: account.id, at: deps.now(), by }
  const drafts = new Map(rows.map((row) => [row.id, draftOf(row, account, storedLabels, act)]))
  const lastDates = await lastIssueDates(deps, [...drafts.values()])
  return rows.map((row): BulkItem => {
    const emails = (row.contact?.emails ?? []).filter((email) => !reached.get(row.id)?.has(addressKey(email)))
    const draft = drafts.get(row.id)
    const lastDate = draft && lastDates.get(seriesKey(draft.finalisation))
    const sentBefore = row.latestSendId !== null && wasSent(row.mailState)
    const origin = sentBefore ? 'bulk_resend' : 'bulk'
    const tooEarly = draft !== undefined && draft.finalisation.snapshot.issueDate < (lastDate ?? '')
    return {
      documentId: row.id,
      kind: row.kind,
      position: bulkPosition(row.id, draft?.finalisation.snapshot.issueDate),
      status: row.status,
      version: row.version,
      // A receipt is for a payment: that it is paid is no news.
      paid: row.kind === 'invoice' && row.paidAt !== null,
      credited: row.credited,
      latestSendId: row.latestSendId,
      sentBefore,
      origin,
      incomplete: draft !== undefined && (draft.incomplete || tooEarly),
      recipients: emails.filter((email) => !mustNot.has(addressKey(email))),
      suppressed: emails.filter((email) => mustNot.has(addressKey(email))).length,
      ...mailLanguage(row, account, texts, origin),
      finalisation: draft?.finalisation,
    }
  })
}

function draftOf(
  row: BulkFactRow,
  account: StoredAccount,
  storedLabels: readonly StoredLabels[],
  act: Pick<Finalisation, 'accountId' | 'at' | 'by'>,
) {
  const { id: documentId, kind, test, version, contact, original } = row
  if (row.content === null) return undefined
  const { company: seller, settings, logo } = account
  const today = dateIn(act.at, settings.timeZone)
  const content = original ? { ...row.content, currency: original.currency } : row.content
  const parts = {
    ...taxReasonTextOf(seller),
    kind,
    test,
    seller,
    settings,
    logo,
    contact,
    content,
    storedLabels,
    today,
  }
  const snapshot = makeSnapshot({ ...parts, original: original?.snapshot })
  const finalisation = finalisationOf({ ...act, documentId, version }, row, snapshot, settings)
  return { finalisation, incomplete: gapsOf(snapshot, today, original).length > 0 }
}

/** Of the series that these drafts would get their numbers from: the issue date of the latest document. */
async function lastIssueDates(
  deps: Deps,
  drafts: ({ finalisation: Finalisation } | undefined)[],
): Promise<Map<string, string>> {
  const bySeries = new Map(
    drafts.flatMap((draft) => (draft ? [[seriesKey(draft.finalisation), draft.finalisation]] : [])),
  )
  const found = [...bySeries].map(async ([key, { accountId, seriesName: name, format }]) => {
    const { lastIssueDate } = await findSeries(deps.db, { accountId, name, period: format.period })
    return [key, lastIssueDate] as const
  })
  return new Map(await Promise.all(found))
}

const seriesKey = ({ seriesName, format }: Finalisation): string => `${seriesName} ${format.period}`

/** The customer's, else the document's, as far as the account has it; and whether its text is in another one. */
function mailLanguage(
  { contact, kind, ...row }: BulkFactRow,
  { settings }: StoredAccount,
  texts: readonly StoredTranslation[],
  origin: BulkItem['origin'],
) {
  const wanted = contact?.language || row.language || settings.language
  const { language: ofText } = translationFor(mailKindOf(kind, origin), languageChain(settings, wanted), texts)
  return {
    language: chooseLanguage(settings, wanted),
    otherLanguage: baseLanguage(ofText) !== baseLanguage(wanted),
  }
}
