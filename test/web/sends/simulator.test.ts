import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { routes } from '../../../src/routes'
import { type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, rows } from '../../support/database'
import { invoiceFor, send } from '../../support/sendable'
import { tick } from '../../support/worker'

/** Address of the simulator → state of the delivery, of the document, and its label in the list. */
const FATES = {
  delivered: ['delivered', 'delivered', 'Delivered'],
  'soft-bounce': ['soft_bounced', 'problem', 'Problem'],
  bounce: ['bounced', 'problem', 'Problem'],
  drop: ['dropped', 'problem', 'Problem'],
  complaint: ['complained', 'problem', 'Problem'],
  unknown: ['unknown', 'unknown', 'Outcome unknown'],
} as const

let merchant: Merchant
const sent = new Map<string, string>()

/** Sends one document to each address, from the Send form through the real queue, consumer and events. */
beforeAll(async () => {
  await freshStorage()
  merchant = await signUp({ email: 'simulated@facteur.test' })
  for (const name of Object.keys(FATES)) {
    const id = await invoiceFor(merchant, { contact: { emails: [`${name}+label@simulator.test`] } })
    await send(merchant, id)
    sent.set(name, id)
  }
  await env.DB.prepare('UPDATE deliveries SET due_at = 1').run()
  await tick()
  const onTheWay = `SELECT id FROM deliveries WHERE status IN ('queued', 'dispatched', 'sending', 'sent')
    OR (status = 'delivered' AND address LIKE 'complaint%')`
  await vi.waitFor(async () => expect(await rows(onTheWay)).toEqual([]), { timeout: 20_000, interval: 100 })
})

describe('a mail to an address of the simulator', () => {
  it.each(Object.entries(FATES))('%s@ ends as %j', async (name, [status, mailState]) => {
    const id = sent.get(name)
    expect(
      await rows(
        `SELECT d.status, d.due_at, c.mail_state FROM deliveries d JOIN documents c ON c.id = d.document_id WHERE c.id = ?`,
        id,
      ),
    ).toEqual([{ status, due_at: null, mail_state: mailState }])
  })

  it('shows its outcome in the list and in History', async () => {
    const list = await textOf(await merchant.get(routes.documents))
    for (const [, , word] of Object.values(FATES)) expect(list).toContain(word)
    const history = await textOf(await merchant.get(routes.document(sent.get('bounce') ?? '')))
    expect(history).toContain('550 5.1.1 No such user')
  })
})
