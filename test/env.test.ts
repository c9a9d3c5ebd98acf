import { env } from 'cloudflare:test'
import { expect, it } from 'vitest'
import { type Env, parseConfig } from '../src/env'
import { createDkimKeyPair } from '../src/mail/dkim'

const parse = (over: Record<string, string>) => parseConfig({ ...(env as unknown as Env), ...over })

const deployed = {
  ...{ ENVIRONMENT: 'production', SMTP_SECURITY: 'starttls', PROVIDER_URLS: '{}' },
  DNS_RESOLVER: 'https://dns.example/dns-query',
}

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
    wrong: ['APP_URL', 'DNS_RESOLVER', 'SMTP_SECURITY', 'PROVIDER_URLS'],
  })
})

it('a key that signs mails is a private key, and goes with its selector', async () => {
  const { privateKey } = await createDkimKeyPair()
  const DKIM_KEY = `-----BEGIN PRIVATE KEY-----\n${privateKey.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`
  expect(parse({ DKIM_KEY, DKIM_SELECTOR: 'facteur' })).toMatchObject({ config: { DKIM_SELECTOR: 'facteur' } })
  expect(parse({ DKIM_KEY })).toEqual({ wrong: ['DKIM_SELECTOR'] })
  expect(parse({ DKIM_SELECTOR: 'facteur' })).toEqual({ wrong: ['DKIM_KEY'] })
  expect(parse({ DKIM_KEY: 'secret', DKIM_SELECTOR: 'facteur' })).toEqual({ wrong: ['DKIM_KEY'] })
})
