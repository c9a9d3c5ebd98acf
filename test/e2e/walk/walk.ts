/** What every step of the path is given. */
import type { Locator, Page } from 'playwright-core'
import type { Home } from '../support/facteur.ts'

export interface Walk {
  home: Home
  /** The merchant's. */
  page: Page
  scripts: boolean
  /** Addresses of the merchant and of the customer. */
  owner: string
  customer: string
  /** Keeps a picture and looks for what is wrong. */
  look(page: Page, name: string, irrelevant?: string[]): Promise<void>
}

const PATIENCE_MS = 90_000

/** Waits until it is there: by itself where scripts run, else by asking for the page again. */
export async function untilSeen({ page, scripts }: Walk, what: Locator): Promise<void> {
  if (scripts) return what.first().waitFor({ timeout: PATIENCE_MS })
  const deadline = Date.now() + PATIENCE_MS
  while (!(await what.first().isVisible())) {
    if (Date.now() > deadline) throw new Error(`not seen: ${what}`)
    await page.waitForTimeout(500)
    await page.reload()
  }
}

export const title = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { level: 1, name, exact: true })

/** Through the column on the left, as people go. */
export async function goTo(
  { page }: Walk,
  section: 'Documents' | 'Contacts' | 'Translations' | 'Settings',
): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: section }).click()
  await title(page, section).waitFor()
}
