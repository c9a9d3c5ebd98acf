import { findSeries, seriesName } from '../../db/series'
import { startOfDate } from '../../domain/calendar'
import type { AccountSettings } from '../../domain/company'
import type { DocumentKind } from '../../domain/document'
import { type Gap, gapsOf } from '../../domain/document-readiness'
import type { Finalisation } from '../../domain/finalisation'
import { formatNumber, numberFormat } from '../../domain/number-pattern'
import { ok, type Refused, refuse } from '../../domain/result'
import { searchKey } from '../../domain/search-key'
import { patternFor } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { logoKeys } from '../logo-files'
import { loadSnapshot } from './load-snapshot'

export interface FinaliseInput {
  accountId: string
  documentId: string
  /** The version that the person saw. */
  version: number
  actor: string
}

export type { Gap } from '../../domain/document-readiness'

export const FINALISE_REFUSALS = [
  'not_found',
  'stale',
  'already_final',
  'issue_date_too_early',
  'number_taken',
  'incomplete',
] as const

export type FinaliseRefusal =
  | Refused<Exclude<(typeof FINALISE_REFUSALS)[number], 'incomplete'>>
  /** Everything that is missing; the text of each is `missing.<code>`. */
  | (Refused<'incomplete'> & { missing: Gap[] })

export interface PreparedFinalise {
  finalisation: Finalisation
  /** The number that the document gets if no other is finalised first. */
  expectedNumber: string
}

/** Decides whether a draft may be finalised, and names everything that prevents it. Writes nothing. */
export async function prepareFinalise(
  deps: Deps,
  { accountId, documentId, version, actor }: FinaliseInput,
): Promise<{ ok: true; value: PreparedFinalise } | FinaliseRefusal> {
  const loaded = await loadSnapshot(deps, accountId, documentId)
  if (!loaded) return refuse('not_found')
  const { document, settings, today } = loaded
  if (document.status === 'final') return refuse('already_final')
  if (document.version !== version) return refuse('stale')

  const { number: _, ...snapshot } = loaded.snapshot
  const missing = gapsOf(snapshot, today, loaded.original)
  if (missing.length > 0) return { ...refuse('incomplete'), missing }

  const by = { accountId, documentId, version, at: deps.now(), by: actor }
  const finalisation = finalisationOf(by, document, snapshot, settings)
  const { seriesName: name, format } = finalisation
  const series = await findSeries(deps.db, { accountId, name, period: format.period })
  if (snapshot.issueDate < series.lastIssueDate)
    return refuse('issue_date_too_early', { earliest: series.lastIssueDate })
  return ok({ finalisation, expectedNumber: formatNumber(format, series.next) })
}

/** Returns the values to write when a draft is finalised with this snapshot. */
export const finalisationOf = (
  act: Pick<Finalisation, 'accountId' | 'documentId' | 'version' | 'at' | 'by'>,
  { kind, test, refersTo }: { kind: DocumentKind; test: boolean; refersTo: string | null },
  snapshot: Finalisation['snapshot'],
  settings: AccountSettings,
): Finalisation => ({
  ...act,
  seriesName: seriesName(kind, test),
  format: numberFormat(patternFor(settings.numberPatterns[kind], test), snapshot.issueDate),
  snapshot,
  contactKey: searchKey(snapshot.buyer.name),
  paidAt: snapshot.paid ? (startOfDate(snapshot.paid.on, settings.timeZone) ?? null) : null,
  credits: refersTo,
  files: snapshot.logo ? Object.values(logoKeys(act.accountId, snapshot.logo)) : [],
})
