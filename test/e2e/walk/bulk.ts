/**
 * Sends several documents at once with the keyboard alone: selection, pre-flight, undo, a second bulk send, and its
 * results.
 */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { routes } from '../../../src/routes.ts'
import { title, untilSeen, type Walk } from './walk.ts'

const MOST_TABS = 400

/** Presses the Tab key until this has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
  }
  throw new Error(`the Tab key does not come to ${selector}`)
}

async function press(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.press('Enter')
}

export async function sendInBulk(walk: Walk): Promise<void> {
  const { page } = walk
  await sendTwo(walk, true)
  await page.getByText('To be sent: 2 documents to 2 addresses').waitFor()
  await press(page, '#bulk-summary button')
  await title(page, 'Bulk send').waitFor()
  await press(page, '#bulk-acts form button')
  await untilSeen(walk, page.getByText('Undone: 2 e-mails were cancelled'))

  await sendTwo(walk, false)
  await press(page, '#bulk-summary button')
  await title(page, 'Bulk send').waitFor()
  await untilSeen(walk, page.getByText('All 2 e-mails were sent out'))
  await walk.look(page, 'bulk-progress')
  await press(page, '#bulk-acts a')
  await title(page, 'All documents and addresses').waitFor()
  await walk.look(page, 'bulk-results')
  await page.goto(walk.home.appUrl + routes.bulkSends)
  await page.getByText('2 documents').first().waitFor()
  await walk.look(page, 'bulk-sends')
}

/** Selects two documents of the list and opens the pre-flight. */
async function sendTwo(walk: Walk, first: boolean): Promise<void> {
  const { page } = walk
  await page.goto(walk.home.appUrl + routes.documents)
  for (let i = 0; i < 2; i++) {
    await tabTo(page, 'input[name="document"]')
    await page.keyboard.press('Space')
  }
  expect(await page.locator('input[name="document"]:checked').count()).toBe(2)
  if (first) await walk.look(page, 'documents-selected')
  await press(page, '.selection-bar button[type="submit"]')
  await title(page, 'Before anything is sent').waitFor()
  if (first) await walk.look(page, 'bulk-preflight')
}
