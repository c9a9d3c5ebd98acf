import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { callApi } from '../support/api'
import { type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'

beforeAll(freshStorage)

const WANTED = { name: 'Online shop', mode: 'live', read: 'on', write: 'on' }

/** Makes a key on the page and returns its text as the page shows it. */
async function makeKey(merchant: Merchant): Promise<string> {
  const made = await merchant.fillIn(routes.apiSettings, WANTED)
  expect(made.status).toBe(200)
  return /value="(fk_[\w-]+)"/.exec(await made.text())?.[1] ?? ''
}

const keysOf = ({ accountId }: Merchant) =>
  rows<{ id: string; last_used_at: number | null }>('SELECT * FROM api_keys WHERE account_id = ?', accountId)

describe('a key', () => {
  it('is shown once, works, and is stored as a hash', async () => {
    const merchant = await signUp()
    const key = await makeKey(merchant)
    expect(key).toMatch(/^fk_live_[\w-]{22}$/)
    expect((await callApi(key, '/account')).json).toMatchObject({ id: merchant.accountId, mode: 'live' })
    const page = await merchant.get(routes.apiSettings)
    expect(await textOf(page.clone())).toContain(`Online shop ${key.slice(0, 12)}…`)
    expect(await page.text()).not.toContain(key)
    expect(JSON.stringify(await keysOf(merchant))).not.toContain(key.slice(8))
  })

  it('says when it was used last, written once a day', async () => {
    const merchant = await signUp()
    const key = await makeKey(merchant)
    expect(await textOf(await merchant.get(routes.apiSettings))).toContain('Never used')
    await callApi(key, '/account')
    const used = await keysOf(merchant)
    await callApi(key, '/account')
    expect(await keysOf(merchant)).toEqual(used)
    expect(used[0]?.last_used_at).toBeGreaterThan(0)
    expect(await textOf(await merchant.get(routes.apiSettings))).toContain('Last used')
  })

  it('works no more once it is revoked', async () => {
    const merchant = await signUp()
    const key = await makeKey(merchant)
    const { id } = await row<{ id: string }>('SELECT id FROM api_keys WHERE account_id = ?', merchant.accountId)
    const page = await merchant.follow(await merchant.post(routes.apiKeyRevocation(id)))
    const text = await textOf(page)
    expect(text).toContain('The key is revoked')
    expect(text).toContain('No keys yet')
    expect((await callApi(key, '/account')).status).toBe(401)
    const audit = await textOf(await merchant.get(routes.auditList))
    expect(audit).toContain(`made the API key Online shop (${key.slice(0, 12)}…)`)
    expect(audit).toContain(`revoked the API key Online shop (${key.slice(0, 12)}…)`)
  })

  it('is made once by a form that is sent twice', async () => {
    const merchant = await signUp()
    const page = await merchant.get(routes.apiSettings)
    const id = /name="id" value="(key_\w+)"/.exec(await page.text())?.[1] ?? ''
    await merchant.post(routes.apiSettings, { ...WANTED, id })
    const again = await merchant.post(routes.apiSettings, { ...WANTED, id })
    expect(again.status).toBe(409)
    expect(await textOf(again)).toContain('This key was made already')
    expect(await keysOf(merchant)).toHaveLength(1)
  })

  it('needs a name and a scope', async () => {
    const merchant = await signUp()
    const refused = await merchant.post(routes.apiSettings, { name: ' ', mode: 'live', read: 'on' })
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('This field is required')
    const unscoped = await merchant.post(routes.apiSettings, { name: 'Shop', mode: 'test' })
    expect(await textOf(unscoped)).toContain('Choose at least one')
    expect(await keysOf(merchant)).toEqual([])
  })

  it('is one of fifty at most', async () => {
    const merchant = await signUp()
    for (let n = 0; n < 50; n++) await makeKey(merchant)
    const refused = await merchant.fillIn(routes.apiSettings, WANTED)
    expect(refused.status).toBe(409)
    expect(await textOf(refused)).toContain('An account may have up to 50 keys')
  })
})
