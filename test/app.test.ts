import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { app } from '../src/app'
import type { Env } from '../src/env'
import { signUp } from './support/client'
import { freshStorage } from './support/database'

const get = (path: string, headers: Record<string, string> = {}) =>
  exports.default.fetch(`http://facteur.test${path}`, { headers, redirect: 'manual' })

describe('the frame of all pages', () => {
  beforeAll(freshStorage)

  it('answers an unknown path with a page of its own, in the language of the browser', async () => {
    const response = await get('/nowhere', { 'accept-language': 'fr-CH, en;q=0.5' })
    expect(response.status).toBe(404)
    const html = await response.text()
    expect(html).toMatch(/^<!doctype html>/i)
    expect(html).toContain('<html lang="fr">')
    expect(html).toContain('Page introuvable')
  })

  it('answers htmx with a notice at the top of the page instead', async () => {
    const response = await get('/nowhere', { 'hx-request': 'true' })
    expect(response.headers.get('hx-retarget')).toBe('#notices')
    expect(await response.text()).not.toContain('<html')
  })

  it('allows nothing inline and nothing from elsewhere', async () => {
    const response = await get('/nowhere')
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    const html = await response.text()
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|(?:src|href)="https?:/)
  })

  it('refuses a form from another site, and takes one from ours', async () => {
    const post = (headers: Record<string, string>) =>
      exports.default.fetch('http://facteur.test/nowhere', { method: 'POST', headers })
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await post({ 'sec-fetch-site': 'cross-site', origin: 'http://facteur.test' })).status).toBe(403)
    expect((await post({ cookie: 'a=b' })).status).toBe(403)
    expect((await post({ origin: 'http://facteur.test', cookie: 'a=b' })).status).toBe(404)
    expect((await post({ 'sec-fetch-site': 'same-origin', origin: 'null', cookie: 'a=b' })).status).toBe(404)
  })

  it('refuses a form that is too large', async () => {
    const body = 'a'.repeat(1024 * 1024 + 1)
    const response = await exports.default.fetch('http://facteur.test/nowhere', { method: 'POST', body })
    expect(response.status).toBe(413)
  })

  it('refuses a form of more fields than any of ours has, before it is parsed', async () => {
    const fields = (count: number) => Array.from({ length: count }, (_, i) => [`f${i}`, ''] as const)
    const multipart = new FormData()
    for (const [name, value] of fields(9_000)) multipart.append(name, value)
    const post = async (body: BodyInit) =>
      (
        await exports.default.fetch('http://facteur.test/nowhere', {
          method: 'POST',
          headers: { origin: 'http://facteur.test' },
          body,
        })
      ).status
    expect(await post(new URLSearchParams(fields(11_000).map(([name, value]) => [name, value])))).toBe(404)
    expect(await post(new URLSearchParams(fields(13_000).map(([name, value]) => [name, value])))).toBe(413)
    expect(await post(multipart)).toBe(404)
    for (const [name, value] of fields(3_500)) multipart.append(name, value)
    expect(await post(multipart)).toBe(413)
  })

  it('keeps every asset for ever, under a name with its hash', async () => {
    const html = await (await get('/nowhere')).text()
    const paths = [...html.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((match) => match[1] ?? '')
    expect(paths.length).toBeGreaterThanOrEqual(4)
    for (const path of paths) {
      expect(path).toMatch(/\.[0-9a-f]{8}\.\w+$/)
      const response = await env.ASSETS.fetch(`http://facteur.test${path}`)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toContain('immutable')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })
})

describe('a deployment that is not as it must be', () => {
  /** The Worker with other bindings than the tests'. */
  const fetchWith = (changes: Partial<Env>, path: string, init: RequestInit = {}) =>
    app.fetch(new Request(`http://facteur.test${path}`, init), { ...env, ...changes }, createExecutionContext())

  it('answers everything with one page that names the missing secret', async () => {
    const response = await fetchWith({ AUTH_SECRET: undefined, SMTP_HOST: '' }, '/documents')
    expect(response.status).toBe(503)
    const html = await response.text()
    expect(html).toContain('<code>AUTH_SECRET</code>')
    expect(html).toContain('<code>SMTP_HOST</code>')
    const health = await fetchWith({ AUTH_SECRET: 'too short' }, '/healthz')
    expect(await health.json()).toEqual({ status: 'failing', configuration: 'missing or wrong: AUTH_SECRET' })
  })

  it('says so when something breaks, and logs it', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    const DB = { prepare: () => ({ bind: () => ({ raw: () => Promise.reject(new Error('broken')) }) }) }
    const merchant = await signUp()
    const cookie = [...merchant.cookies].map((pair) => pair.join('=')).join('; ')
    const response = await fetchWith({ DB: DB as unknown as D1Database }, '/settings', { headers: { cookie } })
    const lines = log.mock.calls.flat().join('\n')
    log.mockRestore()
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('Something went wrong on our side')
    expect(lines).toContain('broken')
  })

  it('lets nobody through a limiter that does not answer', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    const RATE_LIMIT = { limit: () => Promise.reject(new Error('no answer')) }
    const init = { method: 'POST', headers: { origin: 'http://facteur.test' } }
    const response = await fetchWith({ RATE_LIMIT }, '/sign-in', init)
    log.mockRestore()
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('60')
  })

  it.each(['/sign-in', '/contacts/imports', '/bulk-sends'])(
    'answers a body that is none as a fault of who sent it: %s',
    async (path) => {
      const merchant = await signUp()
      const cookie = [...merchant.cookies].map((pair) => pair.join('=')).join('; ')
      const headers = { cookie, origin: 'http://facteur.test', 'content-type': 'multipart/form-data; boundary=x' }
      const response = await fetchWith({}, path, { method: 'POST', headers, body: '--x\r\ncut short' })
      expect(response.status).toBe(400)
    },
  )

  it('logs the pattern of a path and never the token in it', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    await get('/sign-in/links/SecretToken?to=/documents')
    const lines = log.mock.calls.flat().join('\n')
    log.mockRestore()
    expect(lines).toContain('"route":"/sign-in/links/:token"')
    expect(lines).not.toContain('SecretToken')
  })
})
