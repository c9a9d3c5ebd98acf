import { ulid } from 'ulid'
import { describe, expect, it } from 'vitest'
import { isOwnId } from '../../src/domain/own-id'

const now = Date.UTC(2026, 10, 24)
const at = (ms: number) => ulid(ms).toLowerCase()

describe('isOwnId', () => {
  it('knows what newId makes, for days after', () => {
    expect(isOwnId('doc', `doc_${at(now)}`, now + 90 * 86_400_000)).toBe(true)
    expect(isOwnId('doc_test', `doc_test_${at(now)}`, now)).toBe(true)
  })

  it.each([
    'doc_zz1',
    'doc_',
    '',
    `doc_${'z'.repeat(26)}`,
    `doc_${'0'.repeat(25)}u`,
    `doc_${at(now).toUpperCase()}`,
    `doc_${at(now)}0`,
    `doc_${at(now)} `,
    `con_${at(now)}`,
    `doc_test_${at(now)}`,
    // Sorted above everything that is listed, and never old enough to be deleted.
    `doc_7${'z'.repeat(25)}`,
    `doc_${at(now + 2 * 86_400_000)}`,
  ])('refuses %j', (id) => {
    expect(isOwnId('doc', id, now)).toBe(false)
  })
})
