/** Tests the exact mail of a delivery, as each role may see it. */
import { beforeAll, expect, it } from 'vitest'
import { headerOf } from '../../../src/mail/read-mime'
import { routes } from '../../../src/routes'
import { type Merchant, signUp } from '../../support/client'
import { freshStorage, row } from '../../support/database'
import { mailed } from '../../support/mailed'
import { invoiceFor, send } from '../../support/sendable'

beforeAll(freshStorage)

it('shows its customer’s links to people who may send, but not to viewers', async () => {
  const owner = await signUp({ settings: { batchWindowMs: 0 } })
  const [member, viewer] = [
    await signUp({ accountId: owner.accountId, role: 'member' }),
    await signUp({ accountId: owner.accountId, role: 'viewer' }),
  ]
  const documentId = await invoiceFor(owner, { contact: { emails: ['delivered@simulator.test'] } })
  await send(owner, documentId)
  const mail = await mailed(owner, documentId)
  const token = /\/d\/([\w-]{22})/.exec(mail.text)?.[1] ?? ''
  expect(token).not.toBe('')
  expect(headerOf(mail, 'List-Unsubscribe')).toContain(token)

  const { id } = await row<{ id: string }>('SELECT id FROM deliveries WHERE document_id = ?', documentId)
  const shown = async (who: Merchant): Promise<string> =>
    (await (await who.get(routes.deliveryMail(documentId, id))).text()) +
    (await (await who.get(routes.deliveryMailHtml(documentId, id))).text())
  expect(await shown(member)).toContain(token)
  const toViewer = await shown(viewer)
  expect(toViewer).not.toContain(token)
  expect(toViewer).toContain('/d/•••')
  expect(toViewer).not.toContain(routes.deliveryMailFile(documentId, id))
  expect((await member.get(routes.deliveryMailFile(documentId, id))).status).toBe(200)
  expect((await viewer.get(routes.deliveryMailFile(documentId, id))).status).toBe(403)
})
