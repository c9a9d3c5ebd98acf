/** Mails of which nothing is known, over providers that recognise a repeat and over those that do not; and providers that want fewer calls. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { LEASE_MS } from '../../../src/domain/timing'
import type { OutgoingMail, SendOutcome } from '../../../src/mail/mailer'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { accepted, Engine, type Script } from '../../support/engine'
import { insertAccount, insertQueuedSends } from '../../support/fixtures'

const HOUR_MS = 3_600_000
const unknown: SendOutcome = { type: 'unknown', text: 'cut' }

beforeEach(async () => {
  await freshStorage()
  await insertAccount('mine')
})

/** An engine whose deployment sends over Resend, which knows an idempotency key for a day. */
const withKeys = (script: Script) => {
  const { config } = testDeps()
  return new Engine(script, { config: { ...config, provider: { kind: 'resend', apiKey: 'key' } } })
}

const queue = (engine: Engine, count = 1) =>
  insertQueuedSends({
    accountId: 'mine',
    name: 'a',
    count,
    dueAt: engine.now,
    address: 'a<n>@shop.example',
    attachPdf: false,
  })

const one = () => row('SELECT status, reason, attempt FROM deliveries')

/** Leaves the only mail as an isolate does that dies while sending it. */
const die = async (engine: Engine) => {
  await queue(engine)
  await env.DB.prepare(
    "UPDATE deliveries SET status = 'sending', rank = 2, attempt = 1, due_at = ?, link_created_at = ?",
  )
    .bind(engine.now + LEASE_MS, engine.now)
    .run()
}

describe('a mail whose outcome is unknown', () => {
  it('is sent again at once where the provider has a key for it, with the same bytes', async () => {
    const sent: OutgoingMail[] = []
    const engine = withKeys((mail) => {
      sent.push(mail)
      return sent.length === 1 ? unknown : accepted
    })
    await queue(engine)
    await engine.turn()
    expect(await one()).toEqual({ status: 'queued', reason: 'no_answer', attempt: 1 })
    await engine.turn()
    expect(await one()).toMatchObject({ status: 'sent', attempt: 2 })
    expect(sent[1]).toEqual({ ...sent[0], attempt: 2 })
  })

  it('stays unknown where there are no keys', async () => {
    const engine = new Engine(() => unknown)
    await queue(engine)
    await engine.turn()
    expect(await one()).toMatchObject({ status: 'unknown', reason: 'no_answer' })
  })

  it('is unknown in the end if the provider never answers, however it refuses later attempts', async () => {
    const engine = withKeys(({ attempt }) => (attempt % 2 ? unknown : { type: 'retry', text: 'busy' }))
    await queue(engine)
    for (let n = 0; n < 20; n++) {
      await engine.turn()
      engine.now += 3 * HOUR_MS
    }
    expect(await one()).toMatchObject({ status: 'unknown', reason: 'no_answer' })
  })

  it('is not sent again once the provider may have forgotten its key', async () => {
    const engine = withKeys(() => unknown)
    await queue(engine)
    await engine.turn()
    engine.now += 24 * HOUR_MS
    await engine.turn()
    expect(engine.tried).toHaveLength(1)
    expect(await one()).toMatchObject({ status: 'unknown', reason: 'no_answer' })
    expect(await rows('SELECT status FROM problems')).toEqual([{ status: 'unknown' }])
  })
})

describe('a mail whose isolate died while sending', () => {
  it('is sent again where the provider has a key for it', async () => {
    const engine = withKeys(() => accepted)
    await die(engine)
    engine.now += LEASE_MS
    await engine.turn()
    await engine.turn()
    expect(await one()).toMatchObject({ status: 'sent', attempt: 2 })
  })

  it('is unknown where there are no keys, and where the key is too old', async () => {
    const plain = new Engine()
    await die(plain)
    plain.now += LEASE_MS
    await plain.turn()
    expect(await one()).toMatchObject({ status: 'unknown', reason: 'lost_answer' })

    await freshStorage()
    await insertAccount('mine')
    const late = withKeys(() => accepted)
    await die(late)
    late.now += 24 * HOUR_MS
    await late.turn()
    await late.turn()
    expect(await one()).toMatchObject({ status: 'unknown', reason: 'lost_answer' })
    expect(late.tried).toEqual([])
  })
})

describe('a provider that wants fewer calls', () => {
  it('rests as long as it asks for, burns no attempt, and then takes all mails again', async () => {
    let limited = true
    const engine = withKeys(() =>
      limited ? { type: 'retry', reason: 'rate_limited', afterMs: 20_000, text: '429' } : accepted,
    )
    await queue(engine, 6)
    await engine.turn()
    expect(await rows('SELECT DISTINCT status, attempt, due_at FROM deliveries')).toEqual([
      { status: 'queued', attempt: 0, due_at: engine.now + 20_000 },
    ])
    expect(await row('SELECT reason, paused_until FROM provider_states')).toEqual({
      reason: 'rate_limited',
      paused_until: engine.now + 20_000,
    })
    limited = false
    engine.now += 20_000
    await engine.turn()
    expect(await rows('SELECT DISTINCT status, attempt FROM deliveries')).toEqual([{ status: 'sent', attempt: 1 }])
  })
})

describe('mails over a provider that recognises repeats', () => {
  it('are claimed together, and four are on the wire', async () => {
    let open = 0
    let most = 0
    let claimed = 0
    const engine = withKeys(async () => {
      open += 1
      most = Math.max(most, open)
      await new Promise((resolve) => setTimeout(resolve, 5))
      const { n } = await row<{ n: number }>("SELECT count(*) AS n FROM deliveries WHERE status = 'sending'")
      claimed = Math.max(claimed, n)
      open -= 1
      return accepted
    })
    await queue(engine, 30)
    await engine.turn()
    expect(await rows('SELECT DISTINCT status, attempt FROM deliveries')).toEqual([{ status: 'sent', attempt: 1 }])
    expect(most).toBe(4)
    expect(claimed).toBeGreaterThan(4)
  })

  it('keep to the rate that it states', async () => {
    const waits: number[] = []
    const { config } = testDeps()
    const engine = new Engine(() => ({ ...accepted, rate: { remaining: 0, resetMs: 1_000 } }), {
      config: { ...config, provider: { kind: 'resend', apiKey: 'key' } },
      wait: async (ms) => void waits.push(ms),
    })
    await queue(engine, 8)
    await engine.turn()
    expect(engine.tried).toHaveLength(8)
    expect(waits.filter((ms) => ms > 0).length).toBeGreaterThanOrEqual(1)
  })
})
