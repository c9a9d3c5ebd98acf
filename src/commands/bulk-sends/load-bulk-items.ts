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
import { addressKey } from '../../domain/email-addresses'
import type { Finalisation } from '../../domain/finalisation'
import type { StoredLabels } from '../../domain/labels'
import { baseLanguage, chooseLanguage, languageChain } from '../../domain/languages'
import { mailKindOf, type StoredTranslation } from '../../domain/translation'
import { translationFor } from '../../mail/translation'
import type { Deps } from '../deps'
import { draftSnapshot } from '../documents/load-snapshot'
import { finalisationOf } from '../documents/prepare-finalise'
import { listUnreachableInTest } from '../sends/reach'

/** The current state of a document for a bulk send, with what is needed to send it. */
export interface BulkItem extends Current {
  documentId: string
  kind: DocumentKind
  position: string
  /** A document that was sent before gets the text of repeated mails. */
  origin: 'bulk' | 'bulk_resend'
  /** Language of the mail. */
  language: string
  /** Set for a draft: what finalising it writes. */
  finalisation: Finalisation | undefined
}

/** Loads the account's documents among `ids`, by a fixed number of queries. */
export async function loadBulkItems(
  deps: Deps,
  { account, source, test, by }: { account: StoredAccount; source: BulkSource; test: boolean; by: string },
  ids: string[],
): Promise<BulkItem[]> {
  if (ids.length === 0) return []
  const { db } = deps
  const rows = await listBulkFacts(db, account.id, ids)
  const addresses = [...new Set(rows.flatMap(({ contact }) => contact?.emails ?? []).map(addressKey))]
  const [suppressed, unreachableInTest, reached, texts, storedLabels] = await Promise.all([
    addresses.length > 0 ? listSuppressed(db, account.id, addresses) : [],
    // Test mails reach only members of the account and the simulator.
    test ? listUnreachableInTest(deps, account.id, addresses) : [],
    'since' in source ? listReached(db, account.id, ids, source.since) : new Map<string, Set<string>>(),
    listTranslations(db, account.id),
    listLabels(db, account.id),
  ])
  const unreachable = new Set([...suppressed.map((row) => row.addressKey), ...unreachableInTest])
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
      // A receipt confirms a payment, so being paid doesn't keep it from being sent.
      paid: row.kind === 'invoice' && row.paidAt !== null,
      credited: row.credited,
      latestSendId: row.latestSendId,
      sentBefore,
      origin,
      incomplete: draft !== undefined && (draft.incomplete || tooEarly),
      recipients: emails.filter((email) => !unreachable.has(addressKey(email))),
      suppressed: emails.filter((email) => unreachable.has(addressKey(email))).length,
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
  const { id: documentId, version, content, original } = row
  if (content === null) return undefined
  const { settings } = account
  const today = dateIn(act.at, settings.timeZone)
  const snapshot = draftSnapshot({ ...row, content }, account, { storedLabels, today })
  const finalisation = finalisationOf({ ...act, documentId, version }, row, snapshot, settings)
  return { finalisation, incomplete: gapsOf(snapshot, today, original).length > 0 }
}

/** Returns, for each series that would number these drafts, the issue date of its latest document. */
async function lastIssueDates(
  deps: Deps,
  drafts: ({ finalisation: Finalisation } | undefined)[],
): Promise<Map<string, string>> {
  const bySeries = new Map(
    drafts.flatMap((draft) => (draft ? [[seriesKey(draft.finalisation), draft.finalisation]] : [])),
  )
  const entries = [...bySeries].map(async ([key, { accountId, seriesName: name, format }]) => {
    const { lastIssueDate } = await findSeries(deps.db, { accountId, name, period: format.period })
    return [key, lastIssueDate] as const
  })
  return new Map(await Promise.all(entries))
}

const seriesKey = ({ seriesName, format }: Finalisation): string => `${seriesName} ${format.period}`

/**
 * Returns the language of the mail: the customer's, else the document's, if the account has it. `otherLanguage` is
 * true if the text is in another language than that.
 */
function mailLanguage(
  { contact, kind, ...row }: BulkFactRow,
  { settings }: StoredAccount,
  texts: readonly StoredTranslation[],
  origin: BulkItem['origin'],
) {
  const preferred = contact?.language || row.language || settings.language
  const { language: textLanguage } = translationFor(mailKindOf(kind, origin), languageChain(settings, preferred), texts)
  return {
    language: chooseLanguage(settings, preferred),
    otherLanguage: baseLanguage(textLanguage) !== baseLanguage(preferred),
  }
}
