/**
 * Measures one bulk send of all documents of an account, from the button in the list until every mail is queued. From
 * then on each mail costs what `sends.ts` measures, and two rows more for the counters of the progress.
 */
import { routes } from '../../src/routes.ts'
import { requireTime } from './deadline.ts'
import type { Bench } from './harness.ts'
import { newPerson, type Person } from './person.ts'
import type { Counts } from './worker/counting.ts'

const SIZES = { '1e2': 100, '1e3': 1000, '1e4': 10_000 }
const LIMIT_MS = 120_000

export interface BulkCost {
  bulk_ms_per_document: Record<string, number>
  bulk_rows_written_per_document: Record<string, number>
  bulk_rows_read_per_document: Record<string, number>
}

/** Returns time and billed operations, divided by the documents. */
export async function measureBulk(bench: Bench): Promise<BulkCost> {
  const cost: BulkCost = {
    bulk_ms_per_document: {},
    bulk_rows_written_per_document: {},
    bulk_rows_read_per_document: {},
  }
  for (const [name, size] of Object.entries(SIZES)) {
    const { ms, counts } = await sendAll(bench, size)
    cost.bulk_ms_per_document[name] = ms / size
    cost.bulk_rows_written_per_document[name] = counts.rowsWritten / size
    cost.bulk_rows_read_per_document[name] = counts.rowsRead / size
  }
  return cost
}

/**
 * Queues every mail of one bulk send.
 * @param customer address that they go to; the simulator's by default
 */
export async function sendAll(bench: Bench, size: number, customer?: string): Promise<{ ms: number; counts: Counts }> {
  const person = await newPerson(bench, customer)
  // The account has one already.
  await bench.ask('documents', { account: person.accountId, count: size - 1 })
  await bench.ask('count')
  const start = performance.now()
  const id = idOf(await person.post(routes.bulkSends, { all: 'on', list: '' }))
  const state = async () => (await findBulk(bench, person, id)).state
  while ((await state()) === 'collecting') await step(person, id, start)
  await must(person.post(routes.bulkSendConfirmation(id), {}))
  while ((await state()) === 'queueing') await step(person, id, start)
  const ms = performance.now() - start
  const counts = await bench.ask<Counts>('counts')
  const { waiting } = await findBulk(bench, person, id)
  if (waiting !== size) throw new Error(`${waiting} of ${size} mails wait`)
  return { ms, counts }
}

/** Continues the bulk send, as its page does. */
async function step(person: Person, id: string, start: number): Promise<void> {
  requireTime(start, LIMIT_MS, 'the steps took too long')
  await must(person.post(routes.bulkSendSteps(id), {}))
}

/** Reads the row without counting. */
async function findBulk(bench: Bench, person: Person, id: string): Promise<{ state: string; waiting: number }> {
  const db = await bench.database()
  const row = await db
    .prepare('SELECT state, waiting FROM bulk_sends WHERE account_id = ? AND id = ?')
    .bind(person.accountId, id)
    .first<{ state: string; waiting: number }>()
  if (!row) throw new Error(`no bulk send ${id}`)
  return row
}

async function must(pending: Promise<Response>): Promise<Response> {
  const response = await pending
  if (response.status !== 303) throw new Error(`${response.status} ${(await response.text()).slice(0, 2000)}`)
  return response
}

const idOf = (response: Response): string => response.headers.get('location')?.split('/').at(-1) ?? ''
