/**
 * Sends an invoice: previews the mail, undoes the first send, and completes the second; checks the status in list and
 * document.
 */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { CUSTOMER } from './invoice.ts'
import { goTo, title, untilSeen, type Walk } from './walk.ts'

export async function sendAndUndo(walk: Walk): Promise<void> {
  const { page, customer, look } = walk
  await page.getByRole('link', { name: 'Review and send' }).click()
  await title(page, 'Send').waitFor()
  expect(await page.getByLabel(customer).isChecked()).toBe(true)
  await seePreview(walk)
  await look(page, 'send')
  await page.getByRole('button', { name: 'Finalise and send' }).click()

  await title(page, /^Invoice .*1$/).waitFor()
  await page.getByText('1 e-mail goes out in').waitFor()
  await look(page, 'invoice-waiting')
  await goTo(walk, 'Documents')
  await envelope(page, 'On its way').waitFor()
  await look(page, 'documents-waiting')

  await openInvoice(page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Cancelled. The e-mail was not sent').waitFor()
  await page.getByText('Cancelled', { exact: true }).first().waitFor()
  await look(page, 'invoice-undone')
  await goTo(walk, 'Documents')
  await envelope(page, 'Not sent').waitFor()
}

/**
 * Checks the preview: the mail's headers are in one frame, its body in another inside it; a changed subject is shown,
 * too.
 */
async function seePreview({ page, scripts }: Walk): Promise<void> {
  const preview = page.frameLocator('.preview-frame').last()
  await preview
    .frameLocator('iframe')
    .getByText(/^€240\.00/)
    .last()
    .waitFor()
  await page.getByLabel('Subject').fill('Your invoice {{ document.number }}, with our thanks')
  if (!scripts) await page.getByRole('button', { name: 'Update preview' }).click()
  await preview.getByText('with our thanks').first().waitFor()
}

export async function leaveSooner(walk: Walk): Promise<void> {
  const { page, look } = walk
  await goTo(walk, 'Settings')
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Sending preferences\b/ })
    .click()
  await page.getByLabel('Time to undo').selectOption({ label: '10 seconds' })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  await look(page, 'settings-mail')
}

export async function sendForGood(walk: Walk): Promise<void> {
  const { page, look } = walk
  await goTo(walk, 'Documents')
  await openInvoice(page)
  await page.getByRole('link', { name: 'Send', exact: true }).click()
  await title(page, 'Send').waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).click()

  // Where scripts run, the page updates without a reload.
  await untilSeen(walk, page.locator('.show-panel').getByText('Sent', { exact: true }))
  await untilSeen(walk, page.locator('#deliveries').getByText('Sent', { exact: true }))
  await look(page, 'invoice-sent')
  await goTo(walk, 'Documents')
  await envelope(page, 'Sent').waitFor()
  await look(page, 'documents-sent')
}

const openInvoice = async (page: Page): Promise<void> => {
  await page.getByRole('row', { name: CUSTOMER }).getByRole('link').first().click()
  await title(page, /^Invoice /).waitFor()
}

const envelope = (page: Page, status: string): Locator =>
  page.getByRole('row', { name: CUSTOMER }).getByText(status, { exact: true })
