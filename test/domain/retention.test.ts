import { expect, it } from 'vitest'
import { documentCutoff, lastMonthOf, leastYears, mailCutoff, retentionOf } from '../../src/domain/retention'

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

/** The date before which an account of this country, with the shortest period that it may choose, deletes documents on a day of 2033. */
function cutoffIn(country: string, financialYearEnd?: number): string {
  const chosen = { mailMonths: 24, eventDays: 30, documentYears: 5, ...(financialYearEnd && { financialYearEnd }) }
  const retention = retentionOf({ retention: chosen }, country)
  return documentCutoff(retention.documentYears, Date.UTC(2033, 5, 15), lastMonthOf(retention, country))
}

it.each([
  ['BE', 7],
  ['HR', 11],
  ['PL', 6],
  ['DE', 8],
  ['FR', 10],
  ['US', 10],
])('documents of %s are kept for at least %i years', (country, years) => {
  expect(leastYears(country)).toBe(years)
})

it.each([
  // Art. 60 CTVA: seven years from 1 January after the date.
  ['BE', undefined, '2026-01-01'],
  // The tax of December 2026 falls due in January 2027: until 31 December 2032.
  ['PL', undefined, '2027-01-01'],
  ['DE', 6, '2025-01-01'],
])('the calendar year counts in %s, whatever the financial year is', (country, month, date) => {
  expect(cutoffIn(country, month)).toBe(date)
})

it.each([
  ['SE', 12, '2026-01-01'],
  // An invoice of September 2025 belongs to the year that ends in June 2026: until 31 December 2033.
  ['SE', 6, '2025-07-01'],
  ['AT', 1, '2025-02-01'],
  ['FR', 9, '2022-10-01'],
  ['HR', 12, '2022-01-01'],
  ['GB', 3, '2026-04-01'],
])('the financial year counts in %s, ending in month %i', (country, month, date) => {
  expect(cutoffIn(country, month)).toBe(date)
})

it('a financial year that is not known may end in any month', () => {
  for (let month = 1; month <= 12; month++) expect(cutoffIn('SE') <= cutoffIn('SE', month)).toBe(true)
  expect(cutoffIn('SE')).toBe('2025-01-01')
})
