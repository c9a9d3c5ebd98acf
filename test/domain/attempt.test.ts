import { describe, expect, it } from 'vitest'
import { decideAttempt } from '../../src/domain/attempt'

const HOUR_MS = 3_600_000
const NOW = Date.UTC(2026, 10, 24)

const decided = (outcome: Parameters<typeof decideAttempt>[0]['outcome'], attempt = 1, firstAt: number | null = null) =>
  decideAttempt({ id: 'dlv_1', attempt, firstAt, outcome }, NOW, 0.5)

describe('decideAttempt', () => {
  it('says why a mail is tried again, as the provider or else as the receiving server does', () => {
    expect(decided({ type: 'retry', reason: 'rate_limited', text: '429' })).toMatchObject({
      ...{ status: 'queued', reason: 'rate_limited', counts: true },
    })
    expect(decided({ type: 'retry', text: '451' })).toMatchObject({ status: 'queued', reason: 'refused_for_now' })
  })

  it('waits at least as long as was asked for, and gives up after the last attempt', () => {
    expect(decided({ type: 'retry', afterMs: 3_600_000, text: '' }).dueAt).toBe(NOW + 3_600_000)
    expect(decided({ type: 'retry', reason: 'rate_limited', text: '' }, 9)).toMatchObject({
      ...{ status: 'soft_bounced', reason: 'retries_exhausted' },
    })
  })

  it('ends a day after the first attempt, however long the server asks to wait', () => {
    const asked = { type: 'retry', afterMs: 20 * HOUR_MS, text: '' } as const
    expect(decided(asked).dueAt).toBe(NOW + 20 * HOUR_MS)
    expect(decided(asked, 2, NOW - 20 * HOUR_MS).dueAt).toBe(NOW + 4 * HOUR_MS)
    expect(decided(asked, 3, NOW - 24 * HOUR_MS)).toMatchObject({ status: 'soft_bounced' })
    expect(decided(asked, 1, NOW - 48 * HOUR_MS), 'of which only pauses are known').toMatchObject({ status: 'queued' })
  })
})
