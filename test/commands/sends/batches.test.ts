/** Mails over Postmark, which takes several in one call and has no idempotency keys. */
import { beforeEach, describe, expect, it } from 'vitest'
import { freshStorage, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { Engine } from '../../support/engine'
import { insertAccount, insertQueuedSends } from '../../support/fixtures'
import type { Step } from '../../support/provider-server'
import { startProvider } from '../../support/providers'

const MAILS = 30

beforeEach(async () => {
  await freshStorage()
  await insertAccount('mine')
})

/** Sends queued mails over Postmark, whose first calls go by these steps. Returns how many each call carried. */
async function sendAll(steps: Step[]): Promise<number[]> {
  const { mailer, requests } = await startProvider('postmark', steps)
  const { config } = testDeps()
  const provider = { kind: 'postmark', apiKey: 'key', stream: '' } as const
  const engine = new Engine(undefined, { config: { ...config, provider }, mailer: () => mailer })
  await insertQueuedSends({
    ...{ accountId: 'mine', name: 'a', count: MAILS, dueAt: engine.now },
    ...{ address: 'a<n>@shop.example', attachPdf: false },
  })
  await engine.turn()
  return (await requests()).map(({ path, body }) => (path === '/email' ? 1 : JSON.parse(body).length))
}

const outcomes = () =>
  rows<{ status: string; reason: string | null; n: number }>(
    'SELECT status, reason, count(*) AS n FROM deliveries GROUP BY status, reason ORDER BY n',
  )

const item = (ErrorCode: number, Message: string, MessageID?: string) => ({ ErrorCode, Message, MessageID })

describe('mails over a provider that takes several in one call', () => {
  it('share calls, and each leaves once', async () => {
    const calls = await sendAll([])
    expect(calls.reduce((sum, n) => sum + n)).toBe(MAILS)
    expect(calls.length).toBeLessThan(MAILS / 2)
    expect(await outcomes()).toEqual([{ status: 'sent', reason: null, n: MAILS }])
  })

  it('have an outcome each', async () => {
    const refused = item(300, "Invalid 'To' address: 'x'.")
    const calls = await sendAll([{ status: 200, body: JSON.stringify([refused, item(0, 'OK', 'id-2')]) }])
    expect(calls[0]).toBeGreaterThan(2)
    const unlisted = (calls[0] ?? 0) - 2
    const found = await outcomes()
    expect(found).toContainEqual({ status: 'failed', reason: 'address_invalid', n: 1 })
    expect(found).toContainEqual({ status: 'unknown', reason: 'no_answer', n: unlisted })
    expect(found).toContainEqual({ status: 'sent', reason: null, n: MAILS - unlisted - 1 })
  })

  it('are all unknown if the answer is lost, and not sent again', async () => {
    const calls = await sendAll([{ cut: 'after' }])
    expect(calls.reduce((sum, n) => sum + n)).toBe(MAILS)
    expect(await outcomes()).toContainEqual({ status: 'unknown', reason: 'no_answer', n: calls[0] })
  })

  it('burn no attempt if the whole call is refused', async () => {
    const refusal = JSON.stringify(item(10, 'No such token'))
    await sendAll([{ status: 401, body: refusal }])
    expect(await rows('SELECT DISTINCT status, attempt FROM deliveries')).toEqual([{ status: 'queued', attempt: 0 }])
  })
})
