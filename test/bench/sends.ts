/** Measures how long 2,000 sends take, and what they cost. */
import { setTimeout as wait } from 'node:timers/promises'
import { routes } from '../../src/routes.ts'
import { requireTime } from './deadline.ts'
import type { Bench, Sink } from './harness.ts'
import { newPerson, type Person } from './person.ts'
import type { Counts } from './worker/counting.ts'

const SENDS = 2000
/** Number of requests in parallel. */
const AT_ONCE = 8
const LIMIT_MS = 240_000

/**
 * Measures from the first confirming POST until the mail server has every mail. Ticks come twice a second, so that
 * their minute is not measured.
 */
export async function measureThroughput(bench: Bench, sink: Sink): Promise<{ sends_per_second: number }> {
  const person = await newPerson(bench)
  const { ids } = await bench.ask<{ ids: string[] }>('documents', { account: person.accountId, count: SENDS })
  const text = await bench.ask<Text>('text')
  const start = performance.now()
  let confirming = true
  const ticking = (async () => {
    while (confirming || (await sink.count()) < SENDS) {
      requireTime(start, LIMIT_MS, `only ${await sink.count()} of ${SENDS} mails arrived`)
      await bench.tick()
      await wait(500)
    }
  })()
  await confirm(person, ids, text, (index) => `customer-${index}@customers.example`)
  confirming = false
  await ticking
  return { sends_per_second: SENDS / ((performance.now() - start) / 1000) }
}

/** Returns the billed operations from the first confirming POST until all mails are delivered, divided by the sends. */
export async function measureCost(bench: Bench) {
  const person = await newPerson(bench)
  const { ids } = await bench.ask<{ ids: string[] }>('documents', { account: person.accountId, count: SENDS })
  const text = await bench.ask<Text>('text')
  const db = await bench.database()
  const delivered = db.prepare("SELECT count(*) AS n FROM deliveries WHERE account_id = ? AND status = 'delivered'")
  const start = performance.now()
  await bench.ask('count')
  await confirm(person, ids, text, (index) => `delivered+${index}@simulator.test`)
  for (;;) {
    const done = (await delivered.bind(person.accountId).first<number>('n')) ?? 0
    if (done === SENDS) break
    requireTime(start, LIMIT_MS, `only ${done} of ${SENDS} were delivered`)
    await bench.tick()
    await wait(1000)
  }
  const counts = await bench.ask<Counts>('counts')
  return {
    rows_written_per_send: counts.rowsWritten / SENDS,
    rows_read_per_send: counts.rowsRead / SENDS,
    queue_ops_per_send: counts.queueOps / SENDS,
    r2_class_a_per_send: counts.r2ClassA / SENDS,
  }
}

export interface Text {
  subject: string
  body: string
}

/** Posts the Send form of each document. */
export async function confirm(
  person: Person,
  ids: string[],
  text: Text,
  address: (index: number) => string,
): Promise<void> {
  const waiting = ids.entries()
  const worker = async () => {
    for (const [index, id] of waiting) {
      const form = {
        version: '2',
        'to.0': address(index),
        language: 'fr',
        textLanguage: 'fr',
        ...text,
        when: 'next',
        attachPdf: 'on',
      }
      const response = await person.post(routes.sends(id), form)
      if (response.status !== 303)
        throw new Error(`send ${index}: ${response.status} ${(await response.text()).slice(0, 2000)}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}
