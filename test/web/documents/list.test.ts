import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { app } from '../../../src/app'
import { routes } from '../../../src/routes'
import { formFields, type Merchant, signUp, textOf } from '../../support/client'
import { countingD1 } from '../../support/counting-d1'
import { freshStorage } from '../../support/database'
import { insertQueuedSends } from '../../support/fixtures'
import { insertManyDocuments } from '../../support/many-documents'

let small: Merchant
let large: Merchant

beforeAll(async () => {
  await freshStorage()
  small = await signUp()
  large = await signUp()
  await insertManyDocuments(small.accountId, 1_000)
  await insertManyDocuments(large.accountId, 100_000)
})

const open = (merchant: Merchant, query = '') => merchant.get(`${routes.documents}${query}`)
const numbersIn = async (page: Response) =>
  [...(await page.text()).matchAll(/>INV-(\d{10})</g)].map(([, n]) => Number(n))
const linkIn = async (page: Response, rel: string) =>
  new RegExp(`href="([^"]*)" rel="${rel}"`).exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? ''

describe('the list of documents', () => {
  it('shows a new user what to do', async () => {
    const text = await textOf(await open(await signUp()))
    expect(text).toContain('Your invoices will be here')
    expect(text).toContain('New invoice')
    expect(text).not.toContain('Overdue')
  })

  it('shows the newest first, older ones page by page, and the way back', async () => {
    const first = await open(small)
    expect((await numbersIn(first.clone())).slice(0, 2)).toEqual([999, 998])
    const second = await small.get(await linkIn(first, 'next'))
    expect((await numbersIn(second.clone()))[0]).toBe(950)
    const third = await small.get(await linkIn(second.clone(), 'next'))
    const back = await small.get(await linkIn(third, 'prev'))
    expect(await numbersIn(back.clone())).toEqual(await numbersIn(second))
    expect(await numbersIn(await small.get(await linkIn(back, 'prev')))).toEqual(await numbersIn(await open(small)))
  })

  it('says number, contact, amount, state and envelope of each', async () => {
    const text = await textOf(await open(small, '?q=INV-0000000991'))
    expect(text).toMatch(/Problem INV-0000000991 Contact 31 Nov 1, 2026 Dec 1, 2026 €9.91 Paid/)
  })

  it('is filtered by state and by mail', async () => {
    expect(await textOf(await open(small, '?state=draft'))).not.toContain('INV-')
    expect(await numbersIn(await open(small, '?state=paid'))).toContain(999)
    expect(await numbersIn(await open(small, '?state=paid&mail=problem'))).toEqual(
      Array.from({ length: 50 }, (_, i) => 991 - 10 * i),
    )
    expect(await textOf(await open(small, '?mail=on_its_way'))).toContain('No document matches.')
  })

  it('keeps every filter on the next page, and for a bulk send of all that it shows', async () => {
    for (const query of ['q=INV-00&kind=invoice&state=paid&mail=problem', 'kind=invoice&state=open']) {
      const page = await open(small, `?${query}`)
      expect(await linkIn(page.clone(), 'next')).toContain(`?${query}&before=`)
      expect(await formFields(page, routes.bulkSends)).toMatchObject({ list: query })
    }
  })

  it('is searched by number, by counter and by contact', async () => {
    expect(await numbersIn(await open(small, '?q=inv-00000009'))).toHaveLength(50)
    expect(await numbersIn(await open(small, '?q=contact%2037'))).toEqual(
      Array.from({ length: 25 }, (_, i) => 997 - 40 * i),
    )
    expect(await textOf(await open(small, '?q=%F0%9F%92%A5%25_'))).toContain('No number and no contact begins with')
  })

  it('goes on with a search where it ended', async () => {
    const first = await open(small, '?q=contact%201')
    const second = await small.get(await linkIn(first.clone(), 'next'))
    const seen = [...(await numbersIn(first)), ...(await numbersIn(second))]
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(90)
  })

  it('distinguishes what is scheduled from what is under way', async () => {
    const { accountId } = small
    await insertQueuedSends({ accountId, name: 'LATER', count: 2, dueAt: Date.now() })
    const at = Date.parse('2099-03-01T09:00:00Z')
    await env.DB.prepare(`UPDATE sends SET scheduled_for = ? WHERE id = 'snd_LATER_1'`).bind(at).run()
    const text = await textOf(await open(small, '?q=later'))
    expect(text).toMatch(/On its way LATER-2 .*Scheduled for Mar 1, 2099, 10:00.AM LATER-1 /)
  })

  it('leaves out what can’t be read', async () => {
    expect((await open(small, '?state=x&mail=y&before=z&after=')).status).toBe(200)
  })

  it('shows nothing of another account', async () => {
    const stranger = await signUp()
    await insertManyDocuments(stranger.accountId, 3)
    expect(await numbersIn(await open(stranger))).toEqual([3, 2, 1])
    expect(await numbersIn(await open(stranger, '?q=INV'))).toEqual([3, 2, 1])
  })
})

describe('a page of the list reads at most three rows for each it shows, session and all,', () => {
  const counted = countingD1(env.DB)
  const read = async (merchant: Merchant, query: string) => {
    counted.reset()
    const headers = { cookie: [...merchant.cookies].map((pair) => pair.join('=')).join('; ') }
    const request = new Request(`http://facteur.test${routes.documents}${query}`, { headers })
    const page = await app.fetch(request, { ...env, DB: counted.d1 })
    expect(await numbersIn(page)).not.toEqual([])
    return counted.rowsRead()
  }

  it.each([
    ['first', ''],
    ['deep', '?before=doc_0000000400'],
    ['newer', '?after=doc_0000000400'],
    ['with problems', '?mail=problem'],
    ['searched by number', '?q=INV-00000001'],
    ['searched by contact', '?q=Contact%207'],
  ])('%s', async (_, query) => {
    expect(await read(small, query)).toBeLessThanOrEqual(150)
    expect(await read(large, query)).toBeLessThanOrEqual(150)
  })
})
