import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dateIn, epochOf, isIsoDate, isTimeZone, localDateTime, startOfDate } from '../../src/domain/calendar'

const ZONES = ['UTC', 'Europe/Paris', 'America/New_York', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia']
const utc = (text: string) => Date.parse(`${text}:00Z`)

describe('days', () => {
  it('exist or do not', () => {
    expect(['2024-02-29', '2026-12-31'].every(isIsoDate)).toBe(true)
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '1899-12-31', '3000-01-01', '', 'soon'].some(isIsoDate)).toBe(false)
  })

  it('are the account’s, not the server’s', () => {
    const newYear = utc('2026-12-31T23:30')
    expect(dateIn(newYear, 'Europe/Paris')).toBe('2027-01-01')
    expect(dateIn(newYear, 'America/New_York')).toBe('2026-12-31')
  })

  it('are added across months and leap days', () => {
    expect(addDays('2026-02-27', 2)).toBe('2026-03-01')
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  })

  it('begin when the clock says so, also where midnight is skipped', () => {
    expect(startOfDate('2026-11-24', 'Asia/Kathmandu')).toBe(utc('2026-11-23T18:15'))
    expect(localDateTime(startOfDate('2018-11-04', 'America/Sao_Paulo') ?? 0, 'America/Sao_Paulo')).toBe(
      '2018-11-04T01:00',
    )
  })
})

describe('local time', () => {
  it('is read in its zone', () => {
    expect(epochOf('2026-11-24T14:03', 'Europe/Paris')).toBe(utc('2026-11-24T13:03'))
    expect(epochOf('2026-07-24T14:03', 'Europe/Paris')).toBe(utc('2026-07-24T12:03'))
  })

  it('that skips an hour moves the time on by it', () => {
    expect(localDateTime(epochOf('2026-03-29T02:30', 'Europe/Paris') ?? 0, 'Europe/Paris')).toBe('2026-03-29T03:30')
  })

  it('that shows an hour twice means the first', () => {
    expect(epochOf('2026-10-25T02:30', 'Europe/Paris')).toBe(utc('2026-10-25T00:30'))
    expect(epochOf('2026-11-01T01:30', 'America/New_York')).toBe(utc('2026-11-01T05:30'))
  })

  it('shows no time that is none', () => {
    for (const text of ['', '2026-11-24', '2026-11-24T25:00', '2026-02-30T10:00', 'tomorrow'])
      expect(epochOf(text, 'UTC')).toBeUndefined()
  })

  it('comes back to the same minute', () => {
    const minutes = fc.integer({ min: utc('1990-01-01T00:00') / 60_000, max: utc('2050-01-01T00:00') / 60_000 })
    fc.assert(
      fc.property(minutes, fc.constantFrom(...ZONES), (minute, zone) => {
        const local = localDateTime(minute * 60_000, zone)
        const epoch = epochOf(local, zone) ?? Number.NaN
        expect(localDateTime(epoch, zone)).toBe(local)
        expect(epoch).toBeLessThanOrEqual(minute * 60_000)
      }),
    )
  })

  it('needs a time zone that exists', () => {
    expect(isTimeZone('Europe/Lisbon')).toBe(true)
    expect(isTimeZone('Europe/Atlantis')).toBe(false)
  })
})
