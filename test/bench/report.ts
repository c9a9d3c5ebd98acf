/** Prints the numbers, each beside its limit. */
import type { BUNDLE_LIMIT_KIB } from '../../src/dev/bundle.ts'
import type { ByProtocol } from './drain.ts'
import type { Waits } from './waits.ts'

export interface Numbers {
  pdf_ms_5_lines: number
  pdf_ms_100_lines: number
  mail_ms: number
  sends_per_second: number
  rows_written_per_send: number
  rows_read_per_send: number
  queue_ops_per_send: number
  drain_per_second: ByProtocol
  cpu_ms_per_send: ByProtocol
  r2_class_a_per_send: number
  manual_wait_s_behind_bulk: Waits
  bulk_ms_per_document: Record<string, number>
  bulk_rows_written_per_document: Record<string, number>
  bulk_rows_read_per_document: Record<string, number>
  list_ttfb_ms: Record<string, Record<string, number>>
  list_rows_read: Record<string, Record<string, number>>
  api_create_send_rps: number
  api_create_send_p99_ms: number
  api_list_rps: number
  api_list_p99_ms: number
  api_rows_read_per_list: number
  bundle_gzip_kib: number
}

/** Upper limits; the other numbers have none. */
const BARS: Partial<Record<keyof Numbers, number>> = {
  pdf_ms_5_lines: 3,
  pdf_ms_100_lines: 6,
  mail_ms: 0.5,
  rows_written_per_send: 16,
  rows_read_per_send: 60,
}
const BARS_BY_PROTOCOL: Partial<Record<keyof Numbers, { atLeast: number } | { atMost: number }>> = {
  drain_per_second: { atLeast: 120 },
  cpu_ms_per_send: { atMost: 5 },
}
/** Upper limit of the wait behind a bulk send, relative to an idle machine. */
const WAIT_RATIO = 1.2
/** Upper limit of growth from the smallest size to the largest. */
const GROWTH = 1.5

export function printTable(numbers: Partial<Numbers>, bundleLimitKib: typeof BUNDLE_LIMIT_KIB): void {
  const bars: typeof BARS = { ...BARS, bundle_gzip_kib: bundleLimitKib }
  for (const [name, value] of Object.entries(numbers)) {
    if (isByProtocol(value)) protocolRows(name as keyof Numbers, value)
    else if (isWaits(value)) waitsRow(name, value)
    else if (typeof value === 'number') row(name, value, bars[name as keyof Numbers])
    else if (isFlat(value)) growthRow(name, value)
    else for (const page of Object.keys(value['1e3'] ?? {})) growthRow(`${name} ${page}`, pageOf(value, page))
  }
}

const isByProtocol = (value: Numbers[keyof Numbers]): value is ByProtocol =>
  typeof value === 'object' && 'smtp' in value

function protocolRows(name: keyof Numbers, values: ByProtocol): void {
  const bar = BARS_BY_PROTOCOL[name]
  for (const [protocol, value] of Object.entries(values)) {
    const label = `${name} ${protocol}`
    if (bar && 'atLeast' in bar) print(label, short(value), `at least ${bar.atLeast}`, value >= bar.atLeast)
    else row(label, value, bar?.atMost)
  }
}

const isWaits = (value: Numbers[keyof Numbers]): value is Waits => typeof value === 'object' && 'ratio' in value

function waitsRow(name: string, { idle, behind, ratio }: Waits): void {
  print(name, `${short(idle)} · ${short(behind)}`, `×${short(ratio)} of at most ×${WAIT_RATIO}`, ratio <= WAIT_RATIO)
}

type BySize<T> = Record<string, T>

const isFlat = (value: BySize<number> | BySize<Record<string, number>>): value is BySize<number> =>
  Object.values(value).every((entry) => typeof entry === 'number')

const pageOf = (bySize: BySize<Record<string, number>>, page: string): BySize<number> =>
  Object.fromEntries(Object.entries(bySize).map(([size, pages]) => [size, pages[page] ?? 0]))

/** Prints the values by size, and the last relative to the first. */
function growthRow(name: string, bySize: BySize<number>): void {
  const values = Object.values(bySize)
  const growth = (values.at(-1) ?? 0) / (values[0] || 1)
  const shown = values.map(short).join(' · ')
  print(name, shown, `×${short(growth)} of at most ×${GROWTH}`, growth <= GROWTH)
}

function row(name: string, value: number, bar: number | undefined): void {
  print(name, short(value), bar === undefined ? '' : `at most ${bar}`, bar === undefined || value <= bar)
}

function print(name: string, value: string, bar: string, good: boolean): void {
  console.log(
    `${name.padEnd(34)} ${value.padStart(22)}   ${bar === '' ? '' : `${good ? 'ok  ' : 'OVER'} ${bar}`}`.trimEnd(),
  )
}

const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
