/** Measures the list of documents of an account as it grows: how long a page takes and how many rows it reads. */
import { routes } from '../../src/routes.ts'
import type { Bench } from './harness.ts'
import { newPerson, type Person } from './person.ts'
import type { Counts } from './worker/counting.ts'

const SIZES = { '1e3': 1000, '1e5': 100_000, '1e6': 1_000_000 }
const REQUESTS = 21
const ROWS_PER_CALL = 100_000

type BySize<T> = Record<string, Record<string, T>>

export async function measureList(
  bench: Bench,
): Promise<{ list_ttfb_ms: BySize<number>; list_rows_read: BySize<number> }> {
  const person = await newPerson(bench)
  const times: BySize<number> = {}
  const rows: BySize<number> = {}
  let made = 0
  for (const [name, size] of Object.entries(SIZES)) {
    for (; made < size; made = Math.min(size, made + ROWS_PER_CALL)) {
      const to = Math.min(size, made + ROWS_PER_CALL)
      await bench.ask('list', { account: person.accountId, from: made + 1, to })
    }
    const pages = Object.entries(pagesOf(size))
    times[name] = {}
    rows[name] = {}
    for (const [page, path] of pages) {
      rows[name][page] = await rowsRead(bench, person, path)
      times[name][page] = await timeToFirstByte(person, path)
    }
  }
  return { list_ttfb_ms: times, list_rows_read: rows }
}

/** Returns the measured pages. Nine tenths of the documents are newer than the deep page's. */
const pagesOf = (size: number): Record<string, string> => ({
  first_page: routes.documents,
  deep_page: `${routes.documents}?before=doc_${String(size / 10).padStart(26, '0')}`,
  filter_problem: `${routes.documents}?mail=problem`,
  search_by_number: `${routes.documents}?q=INV-0000500`,
})

async function rowsRead(bench: Bench, person: Person, path: string): Promise<number> {
  await bench.ask('count')
  await timeOfPage(person, path)
  return (await bench.ask<Counts>('counts')).rowsRead
}

/** Returns the median of several requests, in milliseconds. */
async function timeToFirstByte(person: Person, path: string): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < REQUESTS; i++) times.push(await timeOfPage(person, path))
  return times.toSorted((a, b) => a - b)[Math.floor(REQUESTS / 2)] ?? 0
}

async function timeOfPage(person: Person, path: string): Promise<number> {
  const start = performance.now()
  const response = await person.get(path)
  const ms = performance.now() - start
  const html = await response.text()
  if (response.status !== 200 || !html.includes('INV-'))
    throw new Error(`${path}: ${response.status} ${html.slice(0, 500)}`)
  return ms
}
