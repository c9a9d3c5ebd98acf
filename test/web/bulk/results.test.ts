/** Tests bulk sends in progress, undone, and done. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../../src/routes'
import { bulkIdOf, confirm, heldWorld, select } from '../../support/bulk'
import { bulkPages } from '../../support/bulk-pages'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { send } from '../../support/sendable'

let merchant: Merchant
const { invoice, draft, open, list, bulkRow } = bulkPages(() => merchant)

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp()
})

describe('progress', () => {
  it('follows the mails, and is read from one row however many they are', async () => {
    const world = heldWorld()
    merchant = world.adopt(await signUp({ settings: { batchWindowMs: 0 } }))
    const bulkId = await select(merchant, [
      await invoice({ emails: ['delivered+1@simulator.test', 'bounce+2@simulator.test'] }),
      await invoice({ emails: ['delivered+3@simulator.test'] }),
      await invoice({ emails: ['unknown+4@simulator.test'] }),
    ])
    await confirm(merchant, bulkId)
    expect(await bulkRow(bulkId)).toMatchObject({ waiting: 4, sent: 0 })
    const before = await open(bulkId)
    expect(before).toMatch(/4 On its way 0 Sent 0 Delivered 0 Problem/)
    await world.tick()
    await world.drain()
    await world.drain()
    expect(await bulkRow(bulkId)).toMatchObject({ waiting: 0, delivered: 2, problem: 1, unknown: 1 })
    const after = await open(bulkId)
    expect(after).toContain('All 4 e-mails were sent out')
    expect(after).toMatch(/2 Delivered 1 Outcome unknown 1 Problem/)

    world.counted.reset()
    await merchant.hx(routes.bulkSendProgress(bulkId))
    const few = world.counted.rowsRead()
    await env.DB.prepare(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
      INSERT INTO bulk_documents (account_id, bulk_id, position, document_id, flags, version, credited)
      SELECT ?, ?, 'x' || i, 'doc_' || i, 0, 1, 0 FROM n`)
      .bind(merchant.accountId, bulkId)
      .run()
    world.counted.reset()
    await merchant.hx(routes.bulkSendProgress(bulkId))
    expect(world.counted.rowsRead()).toBeLessThanOrEqual(few)
    expect(few).toBeLessThanOrEqual(10)
  })

  it('says how long the rest takes at the rate of the provider, and nothing of it while the mails are held up', async () => {
    const world = heldWorld({ PROVIDER_RATES: '{"smtp":0.05}' })
    merchant = world.adopt(await signUp({ settings: { batchWindowMs: 0 } }))
    const ids: string[] = []
    for (let i = 0; i < 6; i++) ids.push(await invoice())
    const bulkId = await select(merchant, ids)
    await confirm(merchant, bulkId)
    await env.DB.exec("UPDATE deliveries SET connection = 'deployment'")
    expect(await open(bulkId)).toContain('6 e-mails still to be sent: about 2 minutes')
    await env.DB.exec(
      "INSERT INTO provider_states (connection, paused_until, reason, server_text, updated_at, since) VALUES ('deployment', 9e15, 'server_busy', '', 1, 1)",
    )
    expect(await open(bulkId)).toMatch(/6 e-mails still to be sent(?!:)/)
    await env.DB.exec('DELETE FROM provider_states')
    await env.DB.exec("UPDATE deliveries SET reason = 'sending_rests'")
    expect(await open(bulkId)).toMatch(/6 e-mails still to be sent(?!:)/)
    await env.DB.exec('UPDATE deliveries SET reason = NULL')
    await env.DB.exec('UPDATE bulk_sends SET due_at = due_at - 3600000')
    expect(await open(bulkId), 'none has left for an hour').toMatch(/6 e-mails still to be sent(?!:)/)
  })

  it('sends nothing to a page that has seen it already', async () => {
    const bulkId = await select(merchant, [await invoice()])
    await confirm(merchant, bulkId)
    const html = await (await merchant.get(routes.bulkSend(bulkId))).text()
    const path = /hx-get="([^"]*progress[^"]*)"/.exec(html)?.[1] ?? ''
    expect((await merchant.hx(path)).status).toBe(204)
    await env.DB.prepare("UPDATE deliveries SET status = 'sent', due_at = NULL").run()
    const update = await merchant.hx(path)
    expect(await update.text()).toContain('1 e-mail was sent out')
  })

  it('continues by ticks alone while no page is open, and is found again', async () => {
    const world = heldWorld()
    merchant = world.adopt(await signUp({ settings: { batchWindowMs: 0 } }))
    const ids: string[] = []
    for (let i = 0; i < 3; i++) ids.push(await invoice())
    const bulkId = await select(merchant, ids)
    await env.DB.prepare(
      "UPDATE bulk_sends SET state = 'queueing', working = 1, confirmed_at = 1, confirmed_by = ?, due_at = 1",
    )
      .bind(merchant.userId)
      .run()
    await world.tick()
    await world.tick()
    await world.drain()
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'queued', queued: 3, delivered: 3 })
    expect(await textOf(await merchant.get(routes.bulkSends))).toMatch(/3 documents Done/)
  })
})

describe('undo', () => {
  it('cancels all waiting mails, and the documents show their earlier state', async () => {
    const earlier = await invoice({ emails: ['delivered+1@simulator.test'] })
    await send(merchant, earlier)
    await env.DB.batch([
      env.DB.prepare("UPDATE deliveries SET status = 'delivered', due_at = NULL"),
      env.DB.prepare("UPDATE documents SET mail_state = 'delivered' WHERE latest_send_id IS NOT NULL"),
    ])
    const fresh = await draft()
    const bulkId = await select(merchant, [earlier, fresh])
    await confirm(merchant, bulkId)
    expect(await open(bulkId)).toContain('2 e-mails go out in')
    const undone = await merchant.follow(await merchant.post(routes.bulkSendCancellation(bulkId)))
    expect(await textOf(undone)).toContain('Undone: 2 e-mails were cancelled')
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'undone', waiting: 0, cancelled: 2, working: null })
    const states = await rows('SELECT id, mail_state FROM documents ORDER BY id')
    expect(states).toEqual([
      { id: earlier, mail_state: 'delivered' },
      { id: fresh, mail_state: 'not_sent' },
    ])
    expect(await rows("SELECT 1 FROM history WHERE type = 'cancelled'")).toHaveLength(2)
    expect(await row('SELECT used FROM daily_sends')).toEqual({ used: 1 })
    await merchant.post(routes.bulkSendCancellation(bulkId))
    await confirm(merchant, bulkId)
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'undone', cancelled: 2 })
  })

  it('stops what has not been queued yet', async () => {
    const bulkId = await select(merchant, [await invoice(), await invoice()])
    await env.DB.prepare("UPDATE bulk_sends SET state = 'queueing', working = 1, confirmed_at = 1, due_at = 1").run()
    await merchant.post(routes.bulkSendCancellation(bulkId))
    await merchant.post(routes.bulkSendSteps(bulkId))
    expect(await rows('SELECT 1 FROM sends')).toEqual([])
    expect(await list(bulkId)).toContain('Cancelled')
  })

  it('says so when all has left', async () => {
    const bulkId = await select(merchant, [await invoice()])
    await confirm(merchant, bulkId)
    await env.DB.prepare("UPDATE deliveries SET status = 'sent', due_at = NULL").run()
    const late = await merchant.follow(await merchant.post(routes.bulkSendCancellation(bulkId)))
    expect(await textOf(late)).toContain('All e-mails had already been sent')
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'queued', cancelled: 0 })
  })
})

describe('the result sheet', () => {
  it('shows for every document and address the outcome and the reason, page by page and as CSV', async () => {
    const world = heldWorld()
    merchant = world.adopt(await signUp({ settings: { batchWindowMs: 0 } }))
    const bulkId = await select(merchant, [
      await invoice({ name: '=HYPERLINK("x")', emails: ['delivered+1@simulator.test', 'bounce+2@simulator.test'] }),
      await invoice({ name: 'Nowhere', emails: [] }),
    ])
    await confirm(merchant, bulkId)
    await world.tick()
    await world.drain()
    await world.drain()
    expect(await list(bulkId)).toMatch(
      /bounce\+2@simulator.test Bounced .*rejected the e-mail permanently.*550 5.1.1.*delivered\+1@simulator.test Delivered/,
    )
    expect(await list(bulkId)).toMatch(/Nowhere .*Left out.*no e-mail address/)
    expect(await list(bulkId, 'problem')).not.toContain('Nowhere')
    const csv = await merchant.get(routes.bulkSendResults(bulkId))
    expect(csv.headers.get('content-type')).toContain('text/csv')
    const lines = (await csv.text()).split('\r\n')
    expect(lines[0]).toBe(
      'Number,Kind,Contact,Amount,Currency,Address,Outcome,Reason,Server response,Sent on,Delivered on',
    )
    expect(lines.filter((line) => line.includes(`"'=HYPERLINK(""x"")"`))).toHaveLength(2)
    expect(lines.find((line) => line.includes('bounce+2'))).toContain(',Bounced,')
    expect(lines.find((line) => line.includes('Nowhere'))).toContain(',Left out,The customer has no e-mail address.')
    expect(lines).toHaveLength(5)
  })

  it('has pages that follow each other', async () => {
    const ids = await Promise.all(Array.from({ length: 3 }, () => invoice()))
    const bulkId = await select(merchant, ids)
    await env.DB.prepare(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
      INSERT INTO bulk_documents (account_id, bulk_id, position, document_id, flags, version, credited)
      SELECT ?, ?, printf('z%03d', i), 'doc_gone', 32, 1, 0 FROM n`)
      .bind(merchant.accountId, bulkId)
      .run()
    const first = await (await merchant.get(routes.bulkSendDocuments(bulkId))).text()
    const next = /href="([^"]*)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await (await merchant.get(next)).text()
    const rowsOf = (html: string) => html.split('<tr>').length - 2
    expect([rowsOf(first), rowsOf(second)]).toEqual([50, 13])
    expect(second).not.toContain('rel="next"')
  })

  it('repeats only failed mails, to the current addresses, and to none twice', async () => {
    const world = heldWorld()
    merchant = world.adopt(await signUp({ settings: { batchWindowMs: 0 } }))
    const fine = await invoice({ emails: ['delivered+fine@simulator.test'] })
    const fixed = await invoice({ name: 'Mended', emails: ['delivered+1@simulator.test', 'bounce+2@simulator.test'] })
    const bulkId = await select(merchant, [fine, fixed])
    await confirm(merchant, bulkId)
    await world.tick()
    await world.drain()
    await world.drain()
    await env.DB.prepare(
      `UPDATE contacts SET emails = '["delivered+1@simulator.test", "delivered+new@simulator.test"]' WHERE name = 'Mended'`,
    ).run()
    expect(await open(bulkId)).toContain('Retry failed e-mails only')
    const next = bulkIdOf(await merchant.post(routes.bulkSendRetries(bulkId), {}))
    expect(await open(next)).toContain('To be sent: 1 document to 1 address')
    await confirm(merchant, next)
    expect(await rows('SELECT address FROM deliveries WHERE bulk_id = ?', next)).toEqual([
      { address: 'delivered+new@simulator.test' },
    ])
  })
})
