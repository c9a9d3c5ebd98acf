import { env } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../../src/routes'
import { formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { report, sentInvoice } from '../../support/failures'
import { invoiceFor, send } from '../../support/sendable'
import { deliverIds } from '../../support/worker'

let merchant: Merchant

beforeAll(freshStorage)
beforeEach(async () => {
  merchant = await signUp()
})

const page = (query = '') => merchant.get(routes.suppressions + query)
const releasePath = (address: string) => `${routes.suppressionRelease}?${new URLSearchParams({ address })}`
const suppressed = () =>
  rows<{ address_key: string; reason: string }>(
    'SELECT address_key, reason FROM suppressions WHERE account_id = ? ORDER BY address_key',
    merchant.accountId,
  )
const giveUp = async (text = '452 4.2.2 Mailbox full', address = 'full@simulator.test') => {
  const mail = await sentInvoice(merchant, { contact: { emails: [address] } })
  await report(mail, 'bounced_soft', text)
  return mail
}

describe('the list of blocked addresses', () => {
  it('shows the reason, the event, the server’s response and the number of documents that were not sent', async () => {
    const mail = await sentInvoice(merchant, { contact: { emails: ['gone@simulator.test'] } })
    await report(mail, 'bounced_hard', '550 5.1.1 No such user here')
    for (let n = 0; n < 2; n++) {
      const documentId = await invoiceFor(merchant, { contact: { emails: ['gone@simulator.test'] } })
      await send(merchant, documentId, { 'to.0': 'gone@simulator.test' })
      const { id } = await row<{ id: string }>('SELECT id FROM deliveries WHERE document_id = ?', documentId)
      await env.DB.prepare("UPDATE deliveries SET status = 'dispatched', due_at = ? WHERE id = ?")
        .bind(Date.now() + 200_000, id)
        .run()
      await deliverIds([id])
    }
    const { number } = await row<{ number: string }>('SELECT number FROM documents WHERE id = ?', mail.documentId)
    const text = await textOf(await page())
    for (const part of ['gone@simulator.test', 'Bounced', number, '550 5.1.1 No such user here'])
      expect(text).toContain(part)
    expect(await (await page()).text()).toMatch(/kind=dropped[^>]*>2</)
  })

  it('finds an address by its beginning, and goes on where a page ends', async () => {
    const many = Array.from({ length: 60 }, (_, n) => `n${String(n).padStart(2, '0')}@example.org`)
    await env.DB.batch(
      many.map((address, n) =>
        env.DB.prepare("INSERT INTO suppressions VALUES (?, ?, 'manual', '', NULL, ?, '')").bind(
          merchant.accountId,
          address,
          n,
        ),
      ),
    )
    expect(await textOf(await page('?q=N07@'))).toContain('n07@example.org')
    expect(await textOf(await page('?q=n07@'))).not.toContain('n08@example.org')
    const first = await (await page()).text()
    expect(first).toContain('n59@example.org')
    expect(first).not.toContain('n09@example.org')
    const next = (/href="([^"]+)" rel="next"/.exec(first)?.[1] ?? '').replaceAll('&amp;', '&')
    const second = await (await merchant.get(next)).text()
    for (const n of ['09', '00']) expect(second).toContain(`n${n}@example.org`)
    expect(second).not.toContain('n10@example.org')
  })
})

it('can be exported as a file in which no cell is a formula', async () => {
  await env.DB.prepare("INSERT INTO suppressions VALUES (?, '=cmd@example.org', 'complaint', '@SUM(1)', NULL, 0, '')")
    .bind(merchant.accountId)
    .run()
  const file = await merchant.get(routes.suppressionExport)
  expect(file.headers.get('content-disposition')).toMatch(/blocked-addresses-\d{4}-\d\d-\d\d\.csv/)
  const lines = (await file.text()).split('\r\n')
  expect(lines[1]).toContain("'=cmd@example.org,Marked as spam,")
  expect(lines[1]).toContain(",'@SUM(1),0")
})

describe('blocking by hand', () => {
  it('applies at once, and is recorded and shown', async () => {
    const response = await merchant.fillIn(routes.suppressions, { address: ' Shop@Example.ORG ' })
    expect(await textOf(await merchant.follow(response))).toContain('Blocked by Camille Martin')
    expect(await suppressed()).toEqual([{ address_key: 'shop@example.org', reason: 'manual' }])
    expect(await textOf(await merchant.get(routes.auditList))).toContain('blocked the address shop@example.org')
  })

  it.each([
    ['nonsense', 'has no @'],
    ['twice@example.org', 'already blocked'],
  ])('refuses %s and keeps it in the field', async (address, words) => {
    await merchant.fillIn(routes.suppressions, { address: 'twice@example.org' })
    const response = await merchant.fillIn(routes.suppressions, { address })
    expect(response.status).toBe(422)
    expect((await formFields(response, routes.suppressions)).address).toBe(address)
    expect(await textOf(response)).toContain(words)
  })
})

describe('releasing', () => {
  it('warns first, and records the person and the reason', async () => {
    await merchant.fillIn(routes.suppressions, { address: 'back@example.org' })
    const warning = await merchant.get(releasePath('back@example.org'))
    expect(await textOf(warning.clone())).toContain('blocked this address on purpose')
    expect(await suppressed()).toHaveLength(1)
    const fields = await formFields(warning, routes.suppressionRelease)
    await merchant.post(routes.suppressionRelease, fields)
    expect(await suppressed()).toEqual([])
    const audit = await textOf(await merchant.get(routes.auditList))
    expect(audit).toContain('unblocked the address back@example.org')
    expect(audit).toContain('Blocked manually')
    // Posted twice: nothing is left to release, and nothing is recorded.
    expect((await merchant.post(routes.suppressionRelease, fields)).status).toBe(404)
    expect(await rows("SELECT 1 FROM audit WHERE action = 'suppression_released'")).toHaveLength(1)
  })

  it('does not release what is blocked for another reason than the one warned of', async () => {
    await merchant.fillIn(routes.suppressions, { address: 'other@example.org' })
    const fields = { address: 'other@example.org', reason: 'complaint' }
    expect((await merchant.post(routes.suppressionRelease, fields)).status).toBe(404)
    expect(await suppressed()).toHaveLength(1)
  })
})

describe('three given-up deliveries in a row', () => {
  it('block an address, two do not', async () => {
    for (const _ of [1, 2]) await giveUp()
    expect(await suppressed()).toEqual([])
    const third = await giveUp()
    await report(third, 'bounced_soft', '452 4.2.2 Mailbox full')
    expect(await suppressed()).toEqual([{ address_key: 'full@simulator.test', reason: 'repeated_failures' }])
    expect(await textOf(await page())).toContain('Failed repeatedly')
  })

  it('are counted once if one delivery is reported three times', async () => {
    const mail = await giveUp()
    for (const key of ['a', 'b', 'c']) await report(mail, 'bounced_soft', 'full', { key })
    expect(await suppressed()).toEqual([])
  })

  it('count within 30 days', async () => {
    await giveUp()
    await env.DB.prepare('UPDATE problems SET at = at - 31 * 86400000').run()
    for (const _ of [1, 2]) await giveUp()
    expect(await suppressed()).toEqual([])
  })

  it('are not in a row if a mail was delivered in between', async () => {
    for (const _ of [1, 2]) await giveUp()
    const arrived = await sentInvoice(merchant, { contact: { emails: ['full@simulator.test'] } })
    await report(arrived, 'delivered')
    for (const _ of [1, 2]) await giveUp()
    expect(await suppressed()).toEqual([])
  })

  it('never count policy or a full mailbox for good (5.7.x, 5.2.2)', async () => {
    for (const text of ['550 5.7.1 Blocked', '552 5.2.2 Over quota', '550 5.7.26 Unauthenticated', '550 5.7.1 Blocked'])
      await giveUp(text)
    expect(await suppressed()).toEqual([])
  })

  it('stop counting after a later delivery', async () => {
    const onItsWay = await sentInvoice(merchant, { contact: { emails: ['full@simulator.test'] } })
    for (const _ of [1, 2, 3]) await giveUp()
    expect(await suppressed()).toHaveLength(1)
    await report(onItsWay, 'delivered', '', { at: Date.now() - 60_000, key: 'old news' })
    expect(await suppressed()).toHaveLength(1)
    const other = await signUp()
    expect((await other.get(releasePath('full@simulator.test'))).status).toBe(404)
    await env.DB.prepare('UPDATE deliveries SET status = ?, rank = 4 WHERE id = ?')
      .bind('sent', onItsWay.deliveryId)
      .run()
    await report(onItsWay, 'delivered', '', { at: Date.now() + 1000, key: 'news' })
    expect(await suppressed()).toEqual([])
    await giveUp()
    expect(await suppressed()).toEqual([])
  })

  it('start from zero after a release', async () => {
    for (const _ of [1, 2, 3]) await giveUp()
    await merchant.post(routes.suppressionRelease, { address: 'full@simulator.test', reason: 'repeated_failures' })
    await giveUp()
    expect(await suppressed()).toEqual([])
  })
})
