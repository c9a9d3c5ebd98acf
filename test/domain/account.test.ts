/** Rules about accounts and their members. */
import { describe, expect, it } from 'vitest'
import { BATCH_WINDOWS_MS, initialSettings, LINK_EXPIRY_MONTHS } from '../../src/domain/account-defaults'
import { parseBic, parseIban } from '../../src/domain/bank-account'
import { atLeast, ROLES } from '../../src/domain/role'
import { maySignUp } from '../../src/domain/sign-up'
import { parseTaxRates, typeTaxRates } from '../../src/domain/tax-rates'
import { parseWebsite } from '../../src/domain/website'

describe('who may sign up', () => {
  it('follows the rule of the deployment', () => {
    expect(maySignUp('invite', 'a@example.org', false)).toBe(false)
    expect(maySignUp('invite', 'a@example.org', true)).toBe(true)
    expect(maySignUp('open', 'a@example.org', false)).toBe(true)
    expect(maySignUp('example.org, @example.com', 'a@Example.com', false)).toBe(true)
  })

  it('accepts no domain that only looks like one of the list', () => {
    for (const email of ['a@evil-example.org', 'a@sub.example.org', 'a@example.org.evil', 'example.org', 'a@open'])
      expect(maySignUp('example.org', email, false)).toBe(false)
    expect(maySignUp('', 'a@', false)).toBe(false)
  })
})

describe('roles', () => {
  it('can do what those before them can', () => {
    expect(ROLES.map((role) => atLeast(role, 'admin'))).toEqual([false, false, true, true])
    expect(atLeast('viewer', 'viewer')).toBe(true)
  })
})

describe('a new account’s tax rate', () => {
  it('is the standard rate of its country, named in its language', () => {
    const origin = { currency: 'EUR', language: 'fr' as const, timeZone: 'Europe/Paris' }
    expect(initialSettings({ ...origin, country: 'FI' })).toMatchObject({
      taxRates: [
        { name: 'TVA 25,5 %', rate: '25.5', category: 'S' },
        { rate: '0', category: 'E' },
      ],
      defaultTaxRateId: 'tax_standard',
      batchWindowMs: 120_000,
    })
    const german = { currency: 'CHF', language: 'de' as const, timeZone: 'Europe/Zurich' }
    const names = (country: string) => initialSettings({ ...german, country }).taxRates.map(({ name }) => name)
    for (const country of ['CH', 'LI']) expect(names(country)).toEqual(['MWST 8,1 %', 'Von der MWST ausgenommen'])
    expect(names('AT')).toEqual(['USt. 20 %', 'Steuerfrei'])
    const elsewhere = initialSettings({ ...origin, country: 'US' })
    expect(elsewhere.taxRates.map(({ rate }) => rate)).toEqual(['0'])
    expect(elsewhere.defaultTaxRateId).toBe(elsewhere.taxRates[0]?.id)
  })
})

describe('a new account’s choices', () => {
  it('are among those that its settings offer', () => {
    const origin = { country: 'FR', currency: 'EUR', language: 'fr' as const, timeZone: 'Europe/Paris' }
    const { batchWindowMs, linkExpiryMonths } = initialSettings(origin)
    expect(BATCH_WINDOWS_MS).toContain(batchWindowMs)
    expect(LINK_EXPIRY_MONTHS).toContain(linkExpiryMonths)
  })
})

describe('bank details', () => {
  it('are kept without spaces, in capitals', () => {
    expect(parseIban(' de89 3704 0044 0532 0130 00 ')).toEqual({ ok: true, value: 'DE89370400440532013000' })
    expect(parseBic('cobadeff xxx')).toEqual({ ok: true, value: 'COBADEFFXXX' })
  })

  it('are refused with what is wrong', () => {
    expect(parseIban('XX89370400440532013000')).toMatchObject({ reason: 'iban_country' })
    expect(parseIban('DE8937040044053201300')).toMatchObject({ reason: 'iban_length' })
    expect(parseIban('DE89370400440532013001')).toMatchObject({ reason: 'iban_digits' })
    expect(parseIban('')).toMatchObject({ ok: false })
    expect(parseBic('COBADE')).toMatchObject({ reason: 'bic_invalid' })
  })
})

describe('a website', () => {
  it('is an address of a page, https by default', () => {
    expect(parseWebsite('example.org')).toEqual({ ok: true, value: 'https://example.org' })
    expect(parseWebsite('http://example.org/über')).toEqual({ ok: true, value: 'http://example.org/%C3%BCber' })
  })

  it('is nothing that runs, reads files, carries a password or has no name', () => {
    for (const typed of [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://example.org',
      'https://a:b@example.org',
      'nowhere',
      'https://',
    ])
      expect(parseWebsite(typed)).toMatchObject({ reason: 'website_invalid' })
  })
})

describe('saved tax rates', () => {
  const row = { id: 'tax_1', name: 'TVA', rate: '20', category: 'S' }

  it('are read as they are written, by language, and without blank rows', () => {
    const typed = [
      row,
      { id: 'tax_2', name: 'Réduit', rate: '5,5 %', category: 'S' },
      { ...row, id: 'tax_3', name: '', rate: '' },
    ]
    const parsed = parseTaxRates(typed, 'tax_2', 'fr')
    expect(parsed).toEqual({
      ok: true,
      value: {
        taxRates: [row, { id: 'tax_2', name: 'Réduit', rate: '5.5', category: 'S' }],
        defaultTaxRateId: 'tax_2',
      },
    })
    expect(typeTaxRates([{ id: 'tax_2', name: 'Réduit', rate: '5.5', category: 'S' }], 'fr')[0]?.rate).toBe('5,5')
  })

  it('always have a default', () => {
    expect(parseTaxRates([row], 'tax_gone', 'en')).toMatchObject({ value: { defaultTaxRateId: 'tax_1' } })
  })

  it('name each field that is wrong', () => {
    const typed = [
      { ...row, name: '' },
      { ...row, rate: 'ten' },
      { ...row, rate: '101' },
      { ...row, rate: '0' },
      { ...row, category: 'AE' },
    ]
    const parsed = parseTaxRates(typed, '', 'en')
    const reasons = parsed.ok
      ? {}
      : Object.fromEntries(Object.entries(parsed.problems).map(([field, { reason }]) => [field, reason]))
    expect(reasons).toEqual({
      'taxRates.0.name': 'name_missing',
      'taxRates.1.rate': 'number_invalid',
      'taxRates.2.rate': 'percent_out_of_range',
      'taxRates.3.rate': 'tax_rate_zero',
      'taxRates.4.rate': 'tax_rate_not_zero',
    })
    expect(parseTaxRates([], '', 'en')).toMatchObject({ ok: false })
  })
})
