import { describe, expect, it } from 'vitest'
import { isLinkToken, linkState, maskAddress } from '../../src/domain/hosted-link'

const at = (text: string) => Date.parse(text)

describe('a link', () => {
  const createdAt = at('2026-01-15T12:00:00Z')
  const stateAt = (now: string, revokedAt: number | null = null) => linkState({ createdAt, revokedAt }, 12, at(now))

  it('opens for as many months as the account says', () => {
    expect(stateAt('2026-01-15T12:00:00Z')).toBe('open')
    expect(stateAt('2027-01-15T11:59:59Z')).toBe('open')
    expect(stateAt('2027-01-15T12:00:00Z')).toBe('expired')
  })

  it('made on the last day of a month ends on the last day of a shorter one', () => {
    const link = { createdAt: at('2026-08-31T12:00:00Z'), revokedAt: null }
    expect(linkState(link, 6, at('2027-02-28T11:59:59Z'))).toBe('open')
    expect(linkState(link, 6, at('2027-02-28T12:00:00Z'))).toBe('expired')
  })

  it('opens no more once revoked, unless it was made after', () => {
    expect(stateAt('2026-02-01T00:00:00Z', createdAt)).toBe('revoked')
    expect(stateAt('2028-02-01T00:00:00Z', createdAt)).toBe('revoked')
    expect(stateAt('2026-02-01T00:00:00Z', createdAt - 1)).toBe('open')
  })

  it('has a token of 128 bits', () => {
    expect(isLinkToken('AbCdEfGhIjKlMnOpQrSt-_')).toBe(true)
    for (const text of ['', 'AbCdEfGhIjKlMnOpQrSt-', 'AbCdEfGhIjKlMnOpQrSt-_x', 'AbCdEfGhIjKlMnOpQrSt./'])
      expect(isLinkToken(text)).toBe(false)
  })
})

it('shows of an address no more than its first letter and its domain', () => {
  expect(maskAddress('anna.dupre@example.org')).toBe('a…@example.org')
  expect(maskAddress('a@example.org')).toBe('a…@example.org')
})
