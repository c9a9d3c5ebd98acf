/** Finds a failed delivery of the demo, and fixes it with the keyboard alone. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Walk } from './walk.ts'

const BELL = '.bell'

export async function fixAnAddress({ page, home, look }: Pick<Walk, 'page' | 'home' | 'look'>): Promise<void> {
  await page.goto(`${home.appUrl}/deliveries`)
  await look(page, 'deliveries')
  await press(page, BELL)
  await page.waitForURL('**/problems')
  await look(page, 'problems')
  const before = await bellOf(page)

  await page.goto(`${home.appUrl}/problems?kind=dropped`)
  await press(page, 'a.button[href*="correction"]')
  await page.waitForURL('**/correction')
  await look(page, 'correction')
  // The field has the focus already.
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('delivered+fixed@simulator.test')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/documents\/doc_[0-9a-z]+$/)
  expect(await page.textContent('.notices')).toContain('the missed documents are on their way')
  expect(await bellOf(page)).toBeLessThan(before)

  await page.goto(`${home.appUrl}/suppressions`)
  await look(page, 'suppressions')
  await press(page, 'a[href*="suppressions/release"]')
  await page.waitForURL('**/release?*')
  await look(page, 'suppression-release')
}

/** Goes to a control as the Tab key would, and presses Enter. */
async function press(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().focus()
  await page.keyboard.press('Enter')
}

const bellOf = async (page: Page): Promise<number> => Number(await page.textContent(`${BELL} .bell-count`))
