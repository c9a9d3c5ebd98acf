import { expect, it } from 'vitest'
import { mailCutoff } from '../../src/domain/retention'

it.each([
  ['2026-08-31', 6, '2026-02-28'],
  ['2026-08-28', 6, '2026-02-28'],
  ['2028-08-31', 6, '2028-02-29'],
  ['2028-02-29', 12, '2027-02-28'],
  ['2027-01-15', 24, '2025-01-15'],
])(
  'mails are kept for whole months, at the ends of months too: on %s, %i months before is %s',
  (today, months, day) => {
    expect(new Date(mailCutoff(months, Date.parse(`${today}T10:00:00Z`))).toISOString()).toBe(`${day}T10:00:00.000Z`)
  },
)
