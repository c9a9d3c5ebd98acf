import { describe, expect, it } from 'vitest'
import { nextCheckAt } from '../../src/domain/sender-domain'
import { dmarcNames, judgeDkim, judgeDmarc, judgeSpf, spfText } from '../../src/domain/sender-records'

describe('a DKIM record', () => {
  const state = (...texts: string[]) => judgeDkim('s._domainkey.shop.example', texts, 'KEY').state

  it.each([
    ['as we list it', 'v=DKIM1; k=rsa; p=KEY'],
    ['with p alone', 'p=KEY'],
    ['with blanks where panels add them', ' v = DKIM1 ;k=rsa;  p=K E Y ; '],
    ['for mail and SHA-256', 'v=DKIM1; h=sha1:sha256; s=email; p=KEY'],
  ])('is found %s', (_, text) => expect(state(text)).toBe('found'))

  it.each([
    ['another key', 'v=DKIM1; k=rsa; p=OTHER'],
    ['a withdrawn key', 'v=DKIM1; p='],
    ['no key at all', 'hello'],
    ['another version', 'v=DKIM2; p=KEY'],
    ['another kind of key', 'v=DKIM1; k=ed25519; p=KEY'],
    ['other services only', 'v=DKIM1; s=chat; p=KEY'],
    ['other hashes only', 'v=DKIM1; h=sha1; p=KEY'],
    ['a mark that it is only a test', 'v=DKIM1; t=y:s; p=KEY'],
  ])('is wrong with %s', (_, text) => expect(state(text)).toBe('wrong'))

  it('is wrong where two keys share the name, and missing where there is none', () => {
    expect(state('v=DKIM1; p=KEY', 'v=DKIM1; p=OTHER')).toBe('wrong')
    expect(state()).toBe('missing')
    expect(judgeDkim('s', undefined, 'KEY').state).toBe('unreachable')
  })
})

describe('an SPF record', () => {
  const state = (...texts: string[]) => judgeSpf('shop.example', texts, 'spf.facteur.test').state

  it('is found with our servers in it, missing without one, and wrong if there are two', () => {
    expect(state('v=spf1 include:SPF.facteur.test -all')).toBe('found')
    expect(state('google-site-verification=1')).toBe('missing')
    expect(state('v=spf10 include:spf.facteur.test -all')).toBe('missing')
    expect(state('v=spf1 mx -all')).toBe('wrong')
    expect(state('v=spf1 include:spf.facteur.test -all', 'v=spf1 mx -all')).toBe('wrong')
  })

  it.each([
    ['', 'v=spf1 include:us.test ~all'],
    ['v=spf1 mx -all', 'v=spf1 mx include:us.test -all'],
    ['v=spf1 a redirect=other.test', 'v=spf1 a include:us.test redirect=other.test'],
    ['v=spf1 mx', 'v=spf1 mx include:us.test'],
    ['v=spf1 include:us.test ?all', 'v=spf1 include:us.test ?all'],
  ])('“%s” is advised to be “%s”', (seen, advised) => expect(spfText({ seen }, 'us.test')).toBe(advised))
})

describe('a DMARC record', () => {
  it('is looked for at the domain and above it', () => {
    expect(dmarcNames('mail.shop.co.uk')).toEqual(['_dmarc.mail.shop.co.uk', '_dmarc.shop.co.uk', '_dmarc.co.uk'])
    expect(dmarcNames('a.b.c.d.e.f.g.example')).toHaveLength(5)
  })

  const state = (...names: (string[] | undefined)[]) =>
    judgeDmarc(names.map((texts, index) => ({ name: `_dmarc.${index}`, texts })))

  it('counts at the nearest name that has one', () => {
    expect(state([], ['v=DMARC1; p=none'])).toMatchObject({ state: 'found', name: '_dmarc.1' })
    expect(state(['v=DMARC1; p=reject'], ['v=DMARC1; p=none'])).toMatchObject({ state: 'found', name: '_dmarc.0' })
    expect(state(['v=spf1 -all'], [])).toMatchObject({ state: 'missing', name: '_dmarc.0' })
  })

  it('is wrong without a policy, or if there are two', () => {
    expect(state(['v=DMARC1']).state).toBe('wrong')
    expect(state(['v=DMARC1; p=none', 'v=DMARC1; p=reject']).state).toBe('wrong')
    expect(state(undefined, ['v=DMARC1; p=none']).state).toBe('unreachable')
  })
})

it('records are looked at often at first, then hourly, then daily', () => {
  const base = { domain: '', selector: null, failedAt: null, verifiedAt: null, addedAt: 0 }
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
  const after = (now: number, over = {}) => nextCheckAt({ ...base, ...over }, now) - now
  expect([after(0), after(2 * hour), after(8 * day)]).toEqual([5 * minute, hour, day])
  expect(after(hour, { verifiedAt: 1 })).toBe(day)
  expect(after(hour, { verifiedAt: 1, failedAt: 1 })).toBe(hour)
})
