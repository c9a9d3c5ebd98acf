import { env } from 'cloudflare:test'
import { expect, it } from 'vitest'
import { type Env, parseConfig } from '../src/env'

const parse = (over: Record<string, string>) => parseConfig({ ...(env as unknown as Env), ...over })

const deployed = { ENVIRONMENT: 'production', SMTP_SECURITY: 'starttls', PROVIDER_URLS: '{}' }

it('the address of the app is taken without the slash that browsers put behind it, so that no link has two', () => {
  const parsed = parse({ ...deployed, APP_URL: 'https://facteur.example.org/' })
  expect(parsed).toMatchObject({ config: { APP_URL: 'https://facteur.example.org' } })
})

it.each([
  'https://example.org/facteur',
  'https://example.org/?a=1',
  'https://me:pw@example.org',
  'ftp://example.org',
  '',
])('an address of the app that links can’t begin with is named as wrong: %s', (APP_URL) => {
  expect(parse({ APP_URL })).toEqual({ wrong: ['APP_URL'] })
})

it('only a developer’s machine goes without encryption', () => {
  const plain = {
    APP_URL: 'http://localhost:8787',
    SMTP_SECURITY: 'none',
    PROVIDER_URLS: '{"resend":"http://localhost"}',
  }
  expect(parse({ ...plain, ENVIRONMENT: 'local' })).toHaveProperty('config')
  expect(parse({ ...plain, ENVIRONMENT: 'production' })).toEqual({
    wrong: ['APP_URL', 'SMTP_SECURITY', 'PROVIDER_URLS'],
  })
})
