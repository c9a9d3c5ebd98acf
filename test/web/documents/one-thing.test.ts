import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../../src/routes'
import { type Merchant, signUp } from '../../support/client'
import { freshStorage } from '../../support/database'
import { report, sentInvoice } from '../../support/failures'
import { invoiceFor } from '../../support/sendable'

let merchant: Merchant

beforeAll(freshStorage)
beforeEach(async () => {
  merchant = await signUp()
})

const html = async (path: string) => (await merchant.get(path)).text()
/** Removes the bar of a selection, which styles show only while something is selected. */
const withoutBar = (page: string) => page.replace(/<div class="bottom-bar selection-bar">.*?<\/div>/s, '')
const primaries = async (path: string) =>
  [...withoutBar(await html(path)).matchAll(/class="[^"]*\bprimary\b[^"]*"[^>]*>.*?<\/(?:a|button)>/gs)].map(
    ([button]) => button.replace(/<svg.*?<\/svg>|<[^>]*>|^[^>]*>/gs, '').trim(),
  )

describe('a page has one primary button', () => {
  it('of a document: sending it', async () => {
    expect(await primaries(routes.document(await invoiceFor(merchant)))).toEqual(['Send'])
  })

  it('of a document with mails that failed: fixing the first problem', async () => {
    const mail = await sentInvoice(merchant, { contact: { emails: ['a@simulator.test'] } })
    await report(mail, 'bounced_hard', '550 5.1.1 No such user here')
    const page = routes.document(mail.documentId)
    expect(await primaries(page)).toEqual(['Correct the address'])
    expect(await html(page)).toContain('Send again')
  })

  it('of the problems: none, since the rows are equally important', async () => {
    for (const address of ['a@simulator.test', 'b@simulator.test'])
      await report(await sentInvoice(merchant, { contact: { emails: [address] } }), 'bounced_hard', '550 5.1.1')
    expect(await primaries(routes.problems)).toEqual([])
    expect(await html(routes.problems)).toContain('Correct the address')
  })

  it('of lists, forms and settings: one at most', async () => {
    const id = await invoiceFor(merchant)
    const settings = ['company', 'tax', 'document', 'mail', 'stripe', 'people', 'personal', 'retention'] as const
    const paths = [routes.documents, routes.newDocument, routes.newSend(id), routes.deliveries, routes.suppressions]
    for (const path of [...paths, ...settings.map((topic) => routes[`${topic}Settings`])])
      expect([path, (await primaries(path)).slice(1)]).toEqual([path, []])
  })
})

describe('variables of a text', () => {
  it('can be inserted in both editors by the same script, and are plain text without it', async () => {
    for (const path of [routes.newSend(await invoiceFor(merchant)), routes.translation('en', 'invoice')]) {
      const page = await html(path)
      expect(page).toMatch(/<script[^>]* src="\/static\/text-editor\.\w+\.js"/)
      expect(page).toMatch(/<li data-insert="{{ document.amount_due }}"><span>Amount left to pay[^<]*<\/span> <code>/)
      expect(page.match(/data-insert-into/g)).toHaveLength(2)
    }
  })
})
