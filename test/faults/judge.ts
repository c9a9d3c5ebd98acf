/** Compares what the app says of its mails with what the providers know, and with the bars. */
import { isGood } from './customers.ts'
import type { Ledger } from './ledger.ts'
import type { NewSend } from './worker/setup.ts'

/** A delivery as the app shows it. */
export interface Row {
  id: string
  sendId: string
  address: string
  connection: string
  status: string
  /** Its code, or the server's words. */
  reason: string | null
  /** Times that History calls it unknown. */
  unknowns: number
}

export interface Figures {
  sends: number
  kills: number
  kills_in_flight: number
  lost: number
  duplicates_with_key: number
  duplicates_unexplained: number
  unknown: number
  unknown_allowed: number
  delivered_share: number
  by_state: Record<string, number>
}

/** In flight at once over a provider without keys, so that a kill makes no more than as many unknown. */
const IN_FLIGHT = 4

const NEEDS_NO_REASON = ['delivered']
const END_STATES = ['delivered', 'bounced', 'soft_bounced', 'dropped', 'failed', 'unknown']

export interface Run {
  sends: NewSend[]
  rows: Row[]
  ledger: Ledger
  kills: number
  killsInFlight: number
}

export interface Bars {
  kills: number
  /** Of the kills, those that must meet a mail on its way. */
  killsInFlight: number
  /** Of the good addresses, the least part that is delivered. */
  deliveredShare: number
}

/** Returns the figures, and a sentence for each bar that is missed. */
export function judge(run: Run, bars: Bars): { figures: Figures; missed: string[] } {
  const { sends, rows, ledger, kills, killsInFlight } = run
  const bySend = new Map(rows.map((row) => [row.sendId, row]))
  const lost = sends.filter(({ sendId }) => isLost(bySend.get(sendId), ledger))
  const good = rows.filter(({ address }) => isGood(address))
  const unknown = rows.filter(({ status }) => status === 'unknown')
  const withKeys = unknown.filter((row) => !isWithoutKeys(row))
  const figures: Figures = {
    sends: sends.length,
    kills,
    kills_in_flight: killsInFlight,
    lost: lost.length,
    duplicates_with_key: repeats(ledger.arrivals.resend).length,
    duplicates_unexplained: repeats(ledger.arrivals.smtp).filter((id) => !isCalledUnknown(rows, id)).length,
    unknown: unknown.length,
    unknown_allowed: IN_FLIGHT * kills + ledger.cutsAfterBody,
    delivered_share: good.filter(({ status }) => status === 'delivered').length / good.length,
    by_state: countBy(rows.map(({ status }) => status)),
  }
  const missed = [
    ...(kills < bars.kills ? [`${kills} kills, not ${bars.kills}`] : []),
    ...(killsInFlight < bars.killsInFlight ? [`${killsInFlight} kills in flight, not ${bars.killsInFlight}`] : []),
    ...lost.map(({ sendId, address }) => `lost: ${address} ${describe(bySend.get(sendId))}`),
    ...(figures.duplicates_with_key > 0 ? [`${figures.duplicates_with_key} mails arrived twice in spite of keys`] : []),
    ...(ledger.changedBodies > 0 ? [`${ledger.changedBodies} mails were not repeated byte by byte`] : []),
    ...(figures.duplicates_unexplained > 0 ? ['a mail arrived twice that History does not call unknown'] : []),
    ...withKeys.map((row) => `unknown in spite of keys: ${row.address} ${describe(row)}`),
    ...(unknown.length > figures.unknown_allowed ? [`${unknown.length} are unknown`] : []),
    ...(figures.delivered_share < bars.deliveredShare
      ? [`only ${figures.delivered_share} of the good addresses were reached`]
      : []),
  ]
  return { figures, missed }
}

/** A mail is lost if it has not come to an end, has none of its reasons, or is called delivered and never arrived. */
function isLost(row: Row | undefined, { arrivals }: Ledger): boolean {
  if (!row || !END_STATES.includes(row.status)) return true
  if (row.status === 'delivered' && !arrivals.resend.has(row.id) && !arrivals.smtp.has(row.id)) return true
  return !row.reason && !NEEDS_NO_REASON.includes(row.status)
}

const isWithoutKeys = ({ connection }: Row): boolean => connection === 'deployment'

const repeats = (arrivals: Map<string, number>): string[] =>
  [...arrivals].filter(([, times]) => times > 1).map(([id]) => id)

const isCalledUnknown = (rows: Row[], id: string): boolean => rows.some((row) => row.id === id && row.unknowns > 0)

const describe = (row: Row | undefined): string =>
  row ? `${row.status} ${row.reason ?? ''} (${row.id})` : 'has no row'

function countBy(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
