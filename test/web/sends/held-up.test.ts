import { env } from 'cloudflare:test'
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { notifyOutages } from '../../../src/commands/sends/notify-outages'
import type { SendOutcome } from '../../../src/domain/attempt'
import type { Env } from '../../../src/env'
import { routes } from '../../../src/routes'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { invoiceFor, send } from '../../support/sendable'
import { tick } from '../../support/worker'

const MINUTE_MS = 60_000
const DROPPING = {
  ...env,
  DELIVER_QUEUE: { sendBatch: async () => {} },
  EXPRESS_QUEUE: { sendBatch: async () => {} },
} as unknown as Env

let now = Date.now()
let merchant: Merchant
const later = (minutes: number) => {
  now += minutes * MINUTE_MS
}

beforeEach(async () => {
  await freshStorage()
  now = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  merchant = await signUp({ email: 'owner@shop.example', settings: { batchWindowMs: 0 } })
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Sends an invoice while the mail server refuses the password, and returns its id. */
async function heldInvoice(address = 'anna@shop.example'): Promise<string> {
  const documentId = await invoiceFor(merchant, { contact: { emails: [address] } })
  await send(merchant, documentId)
  await env.DB.prepare(
    'INSERT OR REPLACE INTO provider_states (connection, paused_until, reason, server_text, updated_at) VALUES (?, ?, ?, ?, ?)',
  )
    .bind('deployment', now + 10 * MINUTE_MS, 'credentials_refused', '535 5.7.8 wrong password', now)
    .run()
  later(1)
  await tick(DROPPING)
  return documentId
}

/** Lets the server accept mails again, and all waiting mails leave. */
async function works(): Promise<void> {
  await env.DB.prepare("UPDATE provider_states SET paused_until = ? WHERE connection = 'deployment'").bind(now).run()
  await env.DB.prepare(
    "UPDATE deliveries SET status = 'sent', rank = 4, due_at = NULL, sent_at = ? WHERE due_at IS NOT NULL",
  )
    .bind(now)
    .run()
  await env.DB.exec("UPDATE documents SET mail_state = 'sent' WHERE mail_state = 'on_its_way'")
}

const pageOf = async (path: string) => textOf(await merchant.get(path))

describe('a mail that waits because its provider is paused', () => {
  it('is explained on its document, with status, reason, the server’s response and History', async () => {
    const documentId = await heldInvoice()
    const page = await pageOf(routes.document(documentId))
    for (const part of [
      'Held up',
      'The mail server rejected the user name or password.',
      '535 5.7.8 wrong password',
      '1 e-mail is held up and is sent as soon as e-mails can go out again.',
      'The e-mail to anna@shop.example was due but could not be sent yet',
    ])
      expect(page).toContain(part)
    later(20)
    await works()
    const afterwards = await pageOf(routes.document(documentId))
    expect(afterwards).not.toContain('Held up')
    expect(afterwards).toContain('The e-mail to anna@shop.example was due but could only be sent later')
  })

  it('is marked in the list', async () => {
    await heldInvoice()
    expect(await (await merchant.get(routes.documents)).text()).toContain('title="Held up: was due at')
    await works()
    expect(await (await merchant.get(routes.documents)).text()).not.toContain('Held up')
  })

  it('is no longer held up once it is rescheduled', async () => {
    const documentId = await heldInvoice()
    const { send_id: sendId } = await row<{ send_id: string }>('SELECT send_id FROM deliveries')
    const tomorrow = new Date(now + 24 * 60 * MINUTE_MS).toISOString().slice(0, 16)
    const moved = await merchant.post(routes.sendSchedule(documentId, sendId), { when: 'later', at: tomorrow })
    expect(moved.status).toBe(303)
    expect(await rows('SELECT overdue_since FROM deliveries')).toEqual([{ overdue_since: null }])
  })

  it('is counted by the bell after a quarter of an hour, until it has left', async () => {
    await heldInvoice()
    later(10)
    expect(await pageOf(routes.documents)).toContain('No undeliverable e-mails')
    expect(await pageOf(routes.problems)).not.toContain('can’t be sent at the moment')
    later(6)
    expect(await pageOf(routes.documents)).toContain('E-mails are waiting for the mail server')
    const problems = await pageOf(routes.problems)
    for (const part of ['E-mails can’t be sent at the moment', '1 e-mail has been waiting since', '535 5.7.8'])
      expect(problems).toContain(part)
    await works()
    expect(await pageOf(routes.documents)).toContain('No undeliverable e-mails')
  })

  it('is not shown in another account', async () => {
    await heldInvoice()
    later(20)
    merchant = await signUp({ email: 'other@shop.example' })
    expect(await pageOf(routes.documents)).toContain('No undeliverable e-mails')
    expect(await pageOf(routes.problems)).not.toContain('can’t be sent at the moment')
  })
})

describe('the owner', () => {
  const mails: { connection: string; to: string; mime: Uint8Array }[] = []
  let response: SendOutcome
  const notify = () =>
    notifyOutages(
      testDeps({
        log: () => undefined,
        mailer: ({ connection }) => ({
          send: async ({ to, mime }) => {
            mails.push({ connection, to, mime })
            return response
          },
          close: () => undefined,
        }),
      }),
      { accountId: '', kind: 'outages', id: '' },
    )
  const letters = () => Promise.all(mails.splice(0).map(({ mime }) => PostalMime.parse(mime)))

  beforeEach(() => {
    mails.length = 0
    response = { type: 'accepted', providerMessageId: '1', text: '250' }
  })

  const owns = (email: string) =>
    env.DB.prepare('UPDATE users SET email = ? WHERE id = ?').bind(email, merchant.userId).run()

  it('is mailed once by another connection after a quarter of an hour, and again when it works', async () => {
    await owns('owner@simulator.test')
    await heldInvoice()
    later(10)
    await notify()
    expect(mails).toEqual([])
    for (let minute = 0; minute < 5; minute++) {
      later(6)
      await notify()
    }
    expect(mails).toMatchObject([{ connection: 'simulator', to: 'owner@simulator.test' }])
    const [began] = await letters()
    expect(began?.subject).toMatch(/^E-mails of .+ can’t be sent at the moment$/)
    for (const part of ['rejected the user name or password', 'The first one was due on', routes.problems])
      expect(began?.text).toContain(part)
    await works()
    await notify()
    await notify()
    const [ended, ...more] = await letters()
    expect(more).toEqual([])
    expect(ended?.subject).toMatch(/^E-mails of .+ are being sent again$/)
    expect(ended?.text).toContain('1 e-mail was sent late')
  })

  it('is mailed when it works again, where the broken connection is the only one', async () => {
    await heldInvoice()
    await heldInvoice('bela@shop.example')
    later(20)
    await notify()
    expect(mails).toEqual([])
    await works()
    await notify()
    const [ended] = await letters()
    expect(ended?.text).toContain('2 e-mails were sent late')
  })

  it('is notified by a later tick where no server accepted the mail', async () => {
    await heldInvoice()
    later(20)
    await notify()
    await works()
    response = { type: 'retry', text: '421' }
    await notify()
    response = { type: 'accepted', providerMessageId: '1', text: '250' }
    await notify()
    await notify()
    expect(await letters()).toHaveLength(2)
  })

  it('is notified by the ticks, which follow an outage until it is over and then delete it', async () => {
    await owns('owner@simulator.test')
    await heldInvoice()
    const followed = () => rows('SELECT o.connection, c.kind FROM chores c LEFT JOIN outages o ON true')
    later(2)
    await tick(DROPPING)
    expect(await followed()).toEqual([{ connection: null, kind: 'outages' }])
    later(15)
    await tick(DROPPING)
    expect(await followed()).toEqual([{ connection: 'deployment', kind: 'outages' }])
    await works()
    later(1)
    await tick(DROPPING)
    expect(await followed()).toEqual([])
  })

  it('is not notified of an outage of a few minutes', async () => {
    await heldInvoice()
    later(5)
    await notify()
    await works()
    await notify()
    expect(mails).toEqual([])
    expect(await rows('SELECT * FROM outages')).toEqual([])
  })
})
