/**
 * Measures how long a single mail takes to reach the mail server, from the confirming POST on: on an idle machine, and
 * while another account's 2,000 bulk mails are on the queue. A tick follows each POST, so that its minute is not
 * measured.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { sendAll } from './bulk.ts'
import { requireTime } from './deadline.ts'
import type { Bench, Sink } from './harness.ts'
import { newPerson, type Person } from './person.ts'
import { confirm, type Text } from './sends.ts'

const BULK = 2000
const MAILS = 8
const LIMIT_MS = 120_000

export interface Waits {
  /** Seconds, the mean of several mails. */
  idle: number
  behind: number
  ratio: number
}

export async function measureWaits(bench: Bench, sink: Sink): Promise<{ manual_wait_s_behind_bulk: Waits }> {
  const person = await newPerson(bench)
  const { ids } = await bench.ask<{ ids: string[] }>('documents', { account: person.accountId, count: 2 * MAILS + 1 })
  const sender: Sender = { bench, sink, person, text: await bench.ask<Text>('text') }
  // The first mail is not timed: it compiles code and templates.
  await sendOne(sender, ids[0] as string)
  const idle = await meanWait(sender, ids.slice(1, MAILS + 1))
  await sendAll(bench, BULK, 'bulk@customers.example')
  const before = await sink.count()
  await bench.tick()
  const behind = await meanWait(sender, ids.slice(MAILS + 1))
  const left = before + BULK + MAILS - (await sink.count())
  if (left <= 0) throw new Error('the bulk was gone before the last single mail')
  console.error(`  ${left} of ${BULK} bulk mails were still waiting when the last single one had left`)
  await cancelBulk(bench)
  return { manual_wait_s_behind_bulk: { idle, behind, ratio: behind / idle } }
}

interface Sender {
  bench: Bench
  sink: Sink
  person: Person
  text: Text
}

async function meanWait(sender: Sender, ids: string[]): Promise<number> {
  let ms = 0
  for (const id of ids) ms += await sendOne(sender, id)
  return ms / ids.length / 1000
}

/** @returns milliseconds */
async function sendOne({ bench, sink, person, text }: Sender, id: string): Promise<number> {
  const address = `${id}@waiting.example`
  const start = Date.now()
  const started = performance.now()
  await confirm(person, [id], text, () => address)
  const ticking = bench.tick()
  for (;;) {
    const at = await sink.arrivedAt(address)
    if (at !== null) {
      await ticking
      return at - start
    }
    requireTime(started, LIMIT_MS, `no mail to ${address}`)
    await wait(10)
  }
}

/** Cancels the rest of the bulk send, so that it doesn't disturb the next measurement. */
async function cancelBulk(bench: Bench): Promise<void> {
  const db = await bench.database()
  await db.exec("UPDATE deliveries SET status = 'cancelled', due_at = NULL WHERE status IN ('queued', 'dispatched')")
}
