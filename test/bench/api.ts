/** Measures the API on an account with 100,000 documents: an invoice that is created and sent, and a page of the list. */
import { routes } from '../../src/routes.ts'
import type { Bench } from './harness.ts'
import { newPerson } from './person.ts'
import type { Counts } from './worker/counting.ts'

const DOCUMENTS = 100_000
/** Below a key's limit of calls a minute, two for each invoice. */
const CALLS = 250
const AT_ONCE = 8

export async function measureApi(bench: Bench) {
  const { accountId } = await newPerson(bench)
  await bench.ask('list', { account: accountId, from: 1, to: DOCUMENTS })
  const creating = await keyOf(bench, accountId)
  const created = await timed(async () => createAndSend(bench, creating))
  const listing = await keyOf(bench, accountId)
  const listed = await timed(async () => list(bench, listing))
  await bench.ask('count')
  await list(bench, listing)
  return {
    api_create_send_rps: created.perSecond,
    api_create_send_p99_ms: created.p99,
    api_list_rps: listed.perSecond,
    api_list_p99_ms: listed.p99,
    api_rows_read_per_list: (await bench.ask<Counts>('counts')).rowsRead,
  }
}

const keyOf = async (bench: Bench, account: string): Promise<string> =>
  (await bench.ask<{ key: string }>('api-key', { account })).key

async function createAndSend(bench: Bench, key: string): Promise<void> {
  const { id } = await call<{ id: string }>(bench, key, routes.documents, {
    ...{ type: 'invoice', finalize: true },
    contact: {
      ...{ name: 'Librairie Passages', emails: ['delivered@simulator.test'] },
      address: { lines: ['11 rue de Brest'], postcode: '69002', town: 'Lyon', country: 'FR' },
    },
    lines: [{ description: 'Bookbinding course', quantity: '1', unit_price: '120.00', tax_rate: '20' }],
  })
  await call(bench, key, routes.sends(id), {})
}

const list = (bench: Bench, key: string) => call(bench, key, `${routes.documents}?limit=25`)

async function call<T>(bench: Bench, key: string, path: string, body?: object): Promise<T> {
  const response = await bench.fetch(routes.api + path, {
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${(await response.text()).slice(0, 1000)}`)
  return (await response.json()) as T
}

/** Returns how many are done in a second, and how long the slowest hundredth takes. */
async function timed(work: () => Promise<unknown>): Promise<{ perSecond: number; p99: number }> {
  const times: number[] = []
  const start = performance.now()
  const workers = Array.from({ length: AT_ONCE }, async () => {
    while (times.length + AT_ONCE <= CALLS) {
      const begun = performance.now()
      await work()
      times.push(performance.now() - begun)
    }
  })
  await Promise.all(workers)
  const seconds = (performance.now() - start) / 1000
  const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0
  return { perSecond: times.length / seconds, p99 }
}
