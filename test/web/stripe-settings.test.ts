/** Stripe's page of the settings: the tax of automatic documents, and long lists of events. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { taxOption } from '../../src/domain/typed-content'
import { routes } from '../../src/routes'
import { formFields, type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row } from '../support/database'
import { connected } from '../support/stripe'

let merchant: Merchant

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp({ settings: { automaticTax: null } })
})

describe('the tax of automatic documents', () => {
  const chosen = taxOption('S', '20')
  const saved = async () => {
    const { settings } = await row<{ settings: string }>(
      'SELECT settings FROM accounts WHERE id = ?',
      merchant.accountId,
    )
    return JSON.parse(settings).automaticTax
  }

  it('is refused, and not cleared, if the account has no such rate', async () => {
    await merchant.fillIn(routes.stripeSettings, { automaticTax: chosen }, routes.stripeTax)
    const refused = await merchant.fillIn(routes.stripeSettings, { automaticTax: 'S:77' }, routes.stripeTax)
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('This value is not valid')
    expect(await saved()).toEqual({ category: 'S', rate: '20' })
  })

  it('that someone else changed meanwhile is replaced only when it is saved again', async () => {
    const opened = await formFields(await merchant.get(routes.stripeSettings), routes.stripeTax)
    await merchant.fillIn(routes.stripeSettings, { automaticTax: chosen }, routes.stripeTax)
    const stale = await merchant.post(routes.stripeTax, { ...opened, automaticTax: '' })
    expect(stale.status).toBe(409)
    expect(await saved()).toEqual({ category: 'S', rate: '20' })
    const again = await merchant.post(routes.stripeTax, await formFields(stale, routes.stripeTax))
    expect(again.status).toBe(303)
    expect(await saved()).toBeNull()
  })
})

describe('a long list of events', () => {
  /** All in one millisecond, as a burst of Stripe's is. */
  async function insertEvents(count: number) {
    const one = env.DB.prepare(
      "INSERT INTO stripe_events VALUES (?, ?, 'charge.succeeded', 'ch_1', 0, 1, 1, 'unmapped', 'fields_missing', NULL, NULL, 1, '{}', NULL)",
    )
    const ids = Array.from({ length: count }, (_, n) => `evt_burst_${String(n).padStart(3, '0')}`)
    await env.DB.batch(ids.map((id) => one.bind(merchant.accountId, id)))
    return ids
  }

  it.each([
    [routes.stripeSettings, 45],
    [routes.stripeEvents, 120],
  ])('%s can be paged through to its end and back to its beginning', async (path, count) => {
    await connected(merchant)
    const ids = await insertEvents(count)
    const seen: string[] = []
    let next: string | undefined = path
    let pages = 0
    for (; next; pages++) {
      const html: string = await (await merchant.get(next)).text()
      seen.push(...[...html.matchAll(/>(evt_burst_\d+)</g)].map(([, id = '']) => id))
      if (pages > 0) expect(html).toContain(`href="${path}"`)
      next = /<a href="([^"]*before=[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(pages).toBe(3)
    expect(seen).toEqual(ids.reverse())
  })

  it.each(['?before=', '?before=x', '?before=1.', '?before=%00.%00', `?before=${'9'.repeat(40)}.a`])(
    'is shown for %s',
    async (query) => {
      for (const path of [routes.stripeSettings, routes.stripeEvents])
        expect((await merchant.get(path + query)).status).toBe(200)
    },
  )
})
