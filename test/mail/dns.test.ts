import { beforeEach, describe, expect, inject, it } from 'vitest'
import { dnsOverHttps } from '../../src/mail/dns'
import { dns, strings } from '../support/dns'

const resolver = dnsOverHttps(`${inject('dnsUrl')}/dns-query`, { timeoutMs: 300 })
const ask = (name = 'shop.example') => resolver.txt(name)

beforeEach(() => dns.setZone({}))

describe('a look-up of TXT records', () => {
  it('joins the strings of a record', async () => {
    const long = `v=DKIM1; p=${'A'.repeat(390)}`
    await dns.setZone({ 'shop.example': { txt: [strings(long)] } })
    expect(await ask()).toEqual({ type: 'records', records: [long] })
  })

  it('returns several records, and reads quotes and backslashes in them', async () => {
    await dns.setZone({ 'shop.example': { txt: [['say "hi" \\'], ['v=spf1 -all']] } })
    expect(await ask()).toEqual({ type: 'records', records: ['say "hi" \\', 'v=spf1 -all'] })
  })

  it('follows aliases', async () => {
    await dns.setZone({
      'a.example': { cname: 'b.example' },
      'b.example': { cname: 'c.example' },
      'c.example': { txt: [['found']] },
    })
    expect(await ask('a.example')).toEqual({ type: 'records', records: ['found'] })
  })

  it('knows an alias that leads in a circle, and a name without such records, as none', async () => {
    await dns.setZone({ 'a.example': { cname: 'b.example' }, 'b.example': { cname: 'a.example' } })
    expect(await ask('a.example')).toEqual({ type: 'none' })
    expect(await ask('nowhere.example')).toEqual({ type: 'none' })
  })

  it('does not believe records of another name', async () => {
    await dns.setZone({ 'shop.example': { lie: 'v=DKIM1; p=mine' } })
    expect(await ask()).toEqual({ type: 'none' })
  })

  it.each([
    ['a failure of the domain’s servers', { code: 2 }],
    ['a refusal', { code: 5 }],
    ['a page instead of JSON', { status: 200, body: '<html>hello</html>' }],
    ['JSON of another shape', { status: 200, body: '{"Status":"ok","Answer":[1]}' }],
    ['answers that are no records', { status: 200, body: '{"Status":0,"Answer":[{"name":1}]}' }],
    ['an empty body', { status: 200, body: '' }],
    ['an error of the resolver', { status: 500, body: '{"Status":0}' }],
    ['a redirect', { status: 302, body: '', headers: { location: 'https://elsewhere.example/' } }],
    ['a body without an end', { endless: true }],
    ['silence', { silent: true }],
  ] as const)('knows nothing after %s', async (_, entry) => {
    await dns.setZone({ 'shop.example': entry })
    expect(await ask()).toEqual({ type: 'failed' })
  })

  it('knows nothing without a resolver', async () => {
    expect(await dnsOverHttps('http://127.0.0.1:1/dns-query').txt('shop.example')).toEqual({ type: 'failed' })
  })
})
