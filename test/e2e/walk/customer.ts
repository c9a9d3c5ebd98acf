/** Reads the mail as the customer, and sees its activity as the merchant. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { mailTo } from '../support/inbox.ts'
import { RULES_FOR_PAGES } from '../support/look.ts'
import { title, untilSeen, type Walk } from './walk.ts'

export async function readAndDownload({ home, customer, owner, look }: Walk, mailbox: Page): Promise<void> {
  const mail = await mailTo(home, customer)
  expect(mail.from[0]).toEqual({
    address: 'notifications@facteur.example',
    name: 'Bindery at the Lock Ltd via Facteur',
  })
  expect(mail.attachments?.map((file) => file.contentType)).toEqual(['application/pdf'])
  // MailDev's responses name no charset.
  await mailbox.route('**/html', async (route) =>
    route.fulfill({ response: await route.fetch(), contentType: 'text/html; charset=utf-8' }),
  )
  await mailbox.goto(`${home.inboxUrl}/api/email/${mail.id}/html`)
  await mailbox.getByText('€240.00').last().waitFor()
  await look(mailbox, 'mail', RULES_FOR_PAGES)

  const [page] = await Promise.all([
    mailbox.waitForEvent('popup'),
    mailbox.getByRole('link', { name: 'View invoice' }).click(),
  ])
  await title(page, /^Invoice /).waitFor()
  await page.getByRole('link', { name: owner }).first().waitFor()
  await look(page, 'hosted')

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download PDF' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/\.pdf$/)
  expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-')
}

export async function seeWhatTheCustomerDid(walk: Walk): Promise<void> {
  const { page, look } = walk
  await page.getByRole('row', { name: 'Harbour Books' }).getByRole('link').first().click()
  await untilSeen(walk, page.getByText(/downloaded/i).first())
  await look(page, 'invoice-downloaded')
  await page.getByRole('link', { name: 'See the e-mail' }).first().click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await look(page, 'delivery-mail')
}
