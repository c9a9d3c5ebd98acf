/** Defines the input of every step of the path. */
import type { Locator, Page } from 'playwright-core'
import type { Home } from '../support/facteur.ts'

export interface Walk {
  home: Home
  /** The merchant's page. */
  page: Page
  scripts: boolean
  /** Addresses of the merchant and of the customer. */
  owner: string
  customer: string
  /** Takes screenshots and expects no problem of the page. */
  look(page: Page, name: string, irrelevant?: string[]): Promise<void>
}

const LIMIT_MS = 90_000

/** Waits until this is visible; reloads the page meanwhile where scripts don't run. */
export async function untilSeen({ page, scripts }: Walk, what: Locator): Promise<void> {
  if (scripts) return what.first().waitFor({ timeout: LIMIT_MS })
  const deadline = Date.now() + LIMIT_MS
  while (!(await what.first().isVisible())) {
    if (Date.now() > deadline) throw new Error(`not seen: ${what}`)
    await page.waitForTimeout(500)
    await page.reload()
  }
}

export const title = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { level: 1, name, exact: true })

/** Opens a section by the main navigation. */
export async function goTo(
  { page }: Walk,
  section: 'Documents' | 'Contacts' | 'Translations' | 'Settings',
): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: section }).click()
  await title(page, section).waitFor()
}
