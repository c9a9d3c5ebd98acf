import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import type { Deps } from '../../../src/commands/deps'
import { createDraft } from '../../../src/commands/documents/create-draft'
import { finaliseDocument } from '../../../src/commands/documents/finalise-document'
import { voidDocument } from '../../../src/commands/documents/void-document'
import { deliver } from '../../../src/commands/sends/deliver'
import { dispatchDue } from '../../../src/commands/sends/dispatch-due'
import { recordEvents } from '../../../src/commands/sends/record-events'
import { sendDocument } from '../../../src/commands/sends/send-document'
import type { DeliverMessage, EventMessage } from '../../../src/domain/messages'
import type { SmtpConnection } from '../../../src/domain/provider-connection'
import { smtpMailer } from '../../../src/mail/smtp'
import { connectSocket } from '../../../src/mail/smtp-socket'
import { contactOf } from '../../support/accounts'
import { callNumbers, dieAtEachCall, type Moment, mortalDeps, Process } from '../../support/crash'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { contentOf } from '../../support/documents'
import { insertAccount } from '../../support/fixtures'
import { HeldQueue } from '../../support/held-queue'
import { sink } from '../../support/sink'

const ADDRESSES = ['anna@shop.example', 'bela@shop.example', 'refuse-550-5.1.1@shop.example']
const MINUTE_MS = 60_000

/** Makes an account, a contact and a draft, before the button is pressed. */
async function issueNothingYet(): Promise<void> {
  const deps = testDeps()
  await insertAccount('mine', { settings: { batchWindowMs: 0 } })
  await createContact(deps, { accountId: 'mine', id: 'con_1', contact: contactOf() })
  const draft = { accountId: 'mine', documentId: 'doc_1', contactId: 'con_1', content: contentOf() }
  await createDraft(deps, { ...draft, kind: 'invoice', actor: 'usr_1' })
}

interface World {
  deps: Deps
  deliverQueue: HeldQueue<DeliverMessage>
  eventQueue: HeldQueue<EventMessage>
}

function world(now: () => number): World {
  const deliverQueue = new HeldQueue<DeliverMessage>()
  const eventQueue = new HeldQueue<EventMessage>()
  const deps = testDeps({ now, log: () => {}, deliverQueue: deliverQueue.binding, eventQueue: eventQueue.binding })
  return { deps, deliverQueue, eventQueue }
}

const confirm = (deps: Deps) =>
  sendDocument(deps, {
    accountId: 'mine',
    userId: 'usr_1',
    documentId: 'doc_1',
    sendId: 'snd_1',
    origin: 'manual',
    recipients: ADDRESSES,
    language: 'fr',
    subject: null,
    body: null,
    attachPdf: true,
    scheduledFor: null,
    version: 1,
  })

/** Runs one round of the platform: a tick, then the queues. */
async function turn(deps: Deps, { deliverQueue, eventQueue }: World): Promise<void> {
  await dispatchDue(deps)
  for (const message of deliverQueue.take()) await deliver(deps, message.ids)
  for (const message of eventQueue.take()) await recordEvents(deps, message)
}

async function live(deps: Deps, queues: World): Promise<void> {
  await confirm(deps)
  await turn(deps, queues)
}

/** Runs the whole path in a process that dies at call `n`, then in fresh ones until nothing is left to do. */
async function dieAndRecover(n: number, moment: Moment): Promise<'done' | 'died'> {
  await freshStorage()
  await sink.clear()
  await issueNothingYet()
  let now = Date.now()
  const process = new Process(n, moment)
  const outside = world(() => now)
  const fate = await process.run(
    live(mortalDeps(outside.deps, env.DB, process, mortalSmtp(outside.deps, process)), outside),
  )
  // The person saw no response and presses the button again; then time passes.
  await confirm(outside.deps)
  for (let round = 0; round < 6; round++) {
    now += 10 * MINUTE_MS
    await turn(outside.deps, outside)
  }
  return fate
}

const mortalSmtp =
  ({ config }: Deps, process: Process) =>
  () =>
    smtpMailer(
      { ...(config.provider as SmtpConnection), name: config.MAIL_DOMAIN },
      { connect: async (target, signal) => process.socket(await process.call(() => connectSocket(target, signal))) },
    )

async function expectTruth(when: string): Promise<void> {
  const deliveries = await rows<{ id: string; status: string; address: string; due_at: number | null }>(
    'SELECT id, status, address, due_at FROM deliveries',
  )
  expect(deliveries, `${when}: one delivery for each address`).toHaveLength(ADDRESSES.length)
  expect((await row<{ n: number }>("SELECT count(*) AS n FROM documents WHERE status = 'final'")).n, when).toBe(1)
  expect((await row<{ next: number }>('SELECT next FROM series')).next, `${when}: one number given out`).toBe(2)
  const counted = await row<{ used: number }>('SELECT sum(used) AS used FROM daily_sends')
  expect(counted.used, `${when}: the quota counts each mail once`).toBe(ADDRESSES.length)
  const arrived = await sink.mails()
  for (const { id, status, address, due_at } of deliveries) {
    const copies = arrived.filter((mail) => mail.messageId.includes(id)).length
    const refused = address.startsWith('refuse')
    expect(refused ? ['bounced', 'unknown'] : ['sent', 'unknown'], `${when}: ${address} ended as ${status}`).toContain(
      status,
    )
    expect(due_at, when).toBeNull()
    if (status === 'sent') expect(copies, `${when}: ${address} is marked sent`).toBe(1)
    expect(copies, `${when}: ${address}`).toBeLessThanOrEqual(1)
    const problems = await rows('SELECT status FROM problems WHERE delivery_id = ?', id)
    expect(problems, `${when}: ${address} ended as ${status}`).toEqual(status === 'sent' ? [] : [{ status }])
    if (status === 'unknown') {
      expect(await rows("SELECT 1 FROM history WHERE type = 'unknown' AND delivery_id = ?", id), when).not.toEqual([])
    }
  }
}

describe('a process that dies', () => {
  beforeAll(freshStorage)

  it.each(['before', 'after'] as const)(
    'at any call, %s it takes effect, loses nothing, sends nothing twice and claims nothing that is not so',
    async (moment) => {
      const calls = await dieAtEachCall(moment, dieAndRecover, expectTruth)
      // Enough calls were interrupted for the test to be meaningful: D1, R2, queue and the lines of three SMTP dialogues.
      expect(calls).toBeGreaterThan(20)
    },
    300_000,
  )
})

describe('a process that dies while it voids an invoice', () => {
  const issue = async (): Promise<Deps> => {
    await freshStorage()
    await issueNothingYet()
    const { deps } = world(Date.now)
    await finaliseDocument(deps, { accountId: 'mine', documentId: 'doc_1', version: 1, actor: 'usr_1' })
    return deps
  }
  const press = (deps: Deps) =>
    voidDocument(deps, { accountId: 'mine', documentId: 'doc_1', creditId: 'doc_2', actor: 'usr_1' })
  const state = async () => ({
    ...(await row<{ credited: number; total: number }>(`SELECT credited, total FROM documents WHERE id = 'doc_1'`)),
    final: await rows(`SELECT id FROM documents WHERE kind = 'credit_note' AND status = 'final'`),
    history: await rows(`SELECT id FROM history WHERE document_id = 'doc_1' AND type = 'credited'`),
    numbers: await rows(`SELECT next FROM series WHERE name = 'credit_note'`),
  })

  it.each(['before', 'after'] as const)(
    'at any call, %s it takes effect, credits both sides or neither, and once when it is asked again',
    async (moment) => {
      for (const n of callNumbers(moment)) {
        const deps = await issue()
        const process = new Process(n, moment)
        const fate = await process.run(press(mortalDeps(deps, env.DB, process, deps.mailer)))
        const when = `died ${moment} call ${n}`
        const { credited, total, final, history } = await state()
        expect([final.length, history.length], when).toEqual(credited === 0 ? [0, 0] : [1, 1])
        await press(deps)
        expect(await state(), when).toMatchObject({
          ...{
            credited: total,
            total,
            final: [{ id: 'doc_2' }],
            history: [{ id: 'his_doc_2' }],
            numbers: [{ next: 2 }],
          },
        })
        if (fate === 'done') break
        expect(n, 'too many calls').toBeLessThan(40)
      }
    },
    60_000,
  )
})

it('sends one mail when the same queue message comes three times, also at once', async () => {
  await freshStorage()
  await sink.clear()
  await issueNothingYet()
  const outside = world(() => Date.now())
  await confirm(outside.deps)
  await dispatchDue(outside.deps)
  const [message] = outside.deliverQueue.take()
  const ids = message?.ids ?? []
  await Promise.all([deliver(outside.deps, ids), deliver(outside.deps, ids)])
  await deliver(outside.deps, ids)
  expect((await sink.mails()).map((mail) => mail.to).sort()).toEqual(ADDRESSES.slice(0, 2))
})
