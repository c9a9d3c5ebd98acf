import { reset } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
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
    expect(html).toContain('Il n’y a rien ici')
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

  it('keeps every asset for ever, under a name with its hash', async () => {
    const html = await (await get('/nowhere')).text()
    const paths = [...html.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((match) => match[1] ?? '')
    expect(paths.length).toBeGreaterThanOrEqual(4)
    for (const path of paths) {
      expect(path).toMatch(/\.[0-9a-f]{8}\.\w+$/)
      const response = await env.ASSETS.fetch(`http://facteur.test${path}`)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toContain('immutable')
    }
  })
})

describe('/healthz', () => {
  it('says that all is well', async () => {
    await freshStorage()
    const response = await get('/healthz')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ ok: true, oldestDueSeconds: null, wrong: [] })
  })

  it('names a database that does not answer', async () => {
    await reset()
    const response = await get('/healthz')
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ ok: false, wrong: ['database'] })
    await freshStorage()
  })
})
