import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addToTally,
  type BulkFacts,
  bulkFlags,
  bulkPosition,
  countAll,
  countGoing,
  goes,
  leftOutMask,
  OPTIONAL_GROUPS,
  timeLeft,
} from '../../src/domain/bulk-send'

const facts: fc.Arbitrary<BulkFacts> = fc.record({
  status: fc.constantFrom('draft' as const, 'final' as const),
  paid: fc.boolean(),
  sentBefore: fc.boolean(),
  incomplete: fc.boolean(),
  recipients: fc.array(fc.constant('a@example.org'), { maxLength: 3 }),
  suppressed: fc.nat(2),
  otherLanguage: fc.boolean(),
})

describe('the tally', () => {
  it('counts any choice of groups as looking at every document again would', () => {
    fc.assert(
      fc.property(fc.array(facts), fc.subarray([...OPTIONAL_GROUPS]), (documents, groups) => {
        const items = documents.map((one) => ({ flags: bulkFlags(one), addresses: one.recipients.length }))
        const half = Math.floor(items.length / 2)
        const tally = addToTally(addToTally({}, items.slice(0, half)), items.slice(half))
        const leftOut = leftOutMask(groups)
        const going = items.filter(({ flags }) => goes(flags, leftOut))
        expect(countAll(tally).documents).toBe(items.length)
        expect(countGoing(tally, leftOut)).toEqual({
          documents: going.length,
          addresses: going.reduce((sum, { addresses }) => sum + addresses, 0),
        })
      }),
    )
  })

  it('never sends a document that has no recipient, or lacks something', () => {
    fc.assert(
      fc.property(facts, (one) => {
        if (one.recipients.length === 0 || one.incomplete) expect(goes(bulkFlags(one), 0)).toBe(false)
      }),
    )
  })
})

it('puts drafts before what is issued, by their dates', () => {
  const positions = [
    bulkPosition('doc_1', undefined),
    bulkPosition('doc_3', '2026-11-24'),
    bulkPosition('doc_2', '2026-11-25'),
  ]
  expect(positions.toSorted().map((position) => position.split(' ')[1])).toEqual(['doc_1', 'doc_3', 'doc_2'])
})

describe('the time left', () => {
  const none = { waiting: 0, sent: 0, delivered: 0, deferred: 0, unknown: 0, problem: 0, cancelled: 0 }

  const fast = { dueAt: 0, perTick: 2_000 }

  it('is the provider’s pace before anything has left, then the pace so far, then nothing', () => {
    expect(timeLeft({ ...none, waiting: 4000 }, fast, 0)).toBe(120_000)
    expect(timeLeft({ ...none, waiting: 300, sent: 60, delivered: 40 }, fast, 10_000)).toBe(30_000)
    expect(timeLeft({ ...none, delivered: 400 }, fast, 60_000)).toBeUndefined()
  })

  it('is never shorter than a slow provider takes, however quickly its first mails left', () => {
    const slow = { dueAt: 0, perTick: 60 }
    expect(timeLeft({ ...none, waiting: 600 }, slow, 0)).toBe(600_000)
    expect(timeLeft({ ...none, waiting: 540, sent: 60 }, slow, 5_000)).toBe(540_000)
    expect(timeLeft({ ...none, waiting: 300, sent: 300 }, slow, 900_000)).toBe(900_000)
  })

  it('is unknown while no mail leaves', () => {
    expect(timeLeft({ ...none, waiting: 10 }, fast, 600_000)).toBeUndefined()
  })
})
