import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../../src/routes'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row } from '../../support/database'
import { report, sentInvoice } from '../../support/failures'
import { insertQueuedSends } from '../../support/fixtures'

const DAY_MS = 86_400_000

let merchant: Merchant

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp()
})

const list = async (query = '') => textOf(await merchant.get(routes.deliveries + query))
/** Returns the addresses in the table of deliveries, in its order. */
async function addresses(query: string): Promise<string[]> {
  const html = await (await merchant.get(routes.deliveries + query)).text()
  const table = html.slice(html.indexOf('all-deliveries'))
  return [...table.matchAll(/[\w.+-]+@[\w.-]+/g)].map(([address]) => address)
}
const sent = (name: string, email: string) => sentInvoice(merchant, { contact: { name, emails: [email] } })

describe('the list of deliveries', () => {
  it('shows failed deliveries first, with the button that fixes them, then all, newest first', async () => {
    const first = await sent('Anna Bäcker', 'anna@simulator.test')
    const second = await sent('Bela Kiss', 'bela@simulator.test')
    await report(first, 'bounced_hard', '550 5.1.1 No such user here')
    await report(second, 'delivered')
    const text = await list()
    expect(text.indexOf('Needs you')).toBeLessThan(text.indexOf('The last 30 days'))
    for (const part of ['Correct the address', '550 5.1.1 No such user here', 'Delivered', 'Bounced'])
      expect(text).toContain(part)
    expect(await addresses('')).toEqual(['bela@simulator.test', 'anna@simulator.test'])
  })

  it('filters by state, date, contact and provider', async () => {
    const anna = await sent('Anna Bäcker', 'anna@simulator.test')
    await sent('Anton Maler', 'anton@simulator.test')
    const real = await sent('Rita Real', 'rita@shop.example')
    await report(anna, 'bounced_soft', '452 4.2.2')
    expect(await addresses('?state=bounced')).toEqual(['anna@simulator.test'])
    expect(await addresses('?state=sent')).toEqual(['rita@shop.example', 'anton@simulator.test'])
    expect(await addresses('?provider=deployment')).toEqual(['rita@shop.example'])
    expect(await addresses('?from=2026-01-01&to=2026-01-31')).toEqual([])
    const today = new Date().toISOString().slice(0, 10)
    expect(
      await addresses(`?from=${new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)}&to=2999-01-01`),
    ).toHaveLength(3)
    expect(await addresses(`?to=${today}&state=bounced`)).toHaveLength(1)
    expect(await list('?name=An')).toContain('Which one do you mean?')
    const found = await merchant.follow(await merchant.get(`${routes.deliveries}?name=Rita&state=sent`))
    expect(await textOf(found)).toContain('rita@shop.example')
    const { contact_id } = await row<{ contact_id: string }>(
      'SELECT contact_id FROM documents WHERE id = ?',
      real.documentId,
    )
    expect(await addresses(`?contact=${contact_id}`)).toEqual(['rita@shop.example'])
    expect(await list('?name=Nobody')).toContain('No contact begins with “Nobody”')
  })

  it('reads only one page of many deliveries, and continues where it ends', async () => {
    await insertQueuedSends({ accountId: merchant.accountId, name: 'p', count: 1_200, dueAt: 1 })
    await env.DB.exec(`UPDATE deliveries SET status = 'delivered', rank = 6, due_at = NULL`)
    const first = await merchant.get(`${routes.deliveries}?state=delivered`)
    const next = (/href="([^"]+)" rel="next"/.exec(await first.clone().text())?.[1] ?? '').replaceAll('&amp;', '&')
    expect(next).toContain('state=delivered')
    expect(await textOf(await merchant.get(next))).toContain('First page')
    expect(await list('?state=cancelled')).toContain('Searched 1000 deliveries')
  })

  it('counts deliveries by day, in a chart and a table', async () => {
    const mails = [
      await sent('A', 'a@simulator.test'),
      await sent('B', 'b@simulator.test'),
      await sent('C', 'c@simulator.test'),
    ]
    await report(mails[0] ?? { documentId: '', deliveryId: '' }, 'delivered')
    await report(mails[1] ?? { documentId: '', deliveryId: '' }, 'bounced_hard')
    const text = await list()
    expect(text).toMatch(/Sent 3 Delivered 1 Failed 1/)
    expect(text).toMatch(/Day Sent Delivered Failed .* 3 1 1/)
  })

  it('shows neither another account’s deliveries nor those of test documents', async () => {
    await sent('Anna Bäcker', 'anna@simulator.test')
    const other = await signUp()
    expect(await textOf(await other.get(routes.deliveries))).not.toContain('anna@simulator.test')
    await env.DB.exec('UPDATE documents SET test = 1')
    expect(await addresses('')).toEqual([])
  })

  it('can be exported as a file, filtered like the page', async () => {
    const anna = await sent('=Anna', 'anna@simulator.test')
    await sent('Bela', 'bela@simulator.test')
    await report(anna, 'bounced_hard', '550 5.1.1 No such user')
    const file = await (await merchant.get(`${routes.deliveryExport}?state=bounced`)).text()
    const lines = file.trim().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain("'=Anna,anna@simulator.test,Bounced,")
    expect(lines[1]).toContain('550 5.1.1 No such user,Simulator (test addresses)')
  })
})
