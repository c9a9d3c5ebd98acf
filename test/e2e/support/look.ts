/** What a page looks like and whether everybody can use it: pictures for people, axe for the rest. */
import { mkdirSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { DESKTOP, PHONE } from './browser.ts'

const SCREENS = '.test/screens'

/** Keeps the page as NAME-light, NAME-dark and NAME-phone, and finds nothing wrong with it in any of them. */
export async function look(page: Page, name: string): Promise<void> {
  const problems: string[] = []
  for (const [kind, colorScheme, viewport] of [
    ['light', 'light', DESKTOP],
    ['dark', 'dark', DESKTOP],
    ['phone', 'light', PHONE],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(viewport)
    await keepPicture(page, `${name}-${kind}`)
    problems.push(...(await violations(page)).map((problem) => `${name}-${kind}: ${problem}`))
    if (await scrollsSideways(page)) problems.push(`${name}-${kind}: is wider than the window`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(DESKTOP)
  expect(problems).toEqual([])
}

export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true })
  await page.screenshot({ path: `${SCREENS}/${name}.png`, fullPage: true })
}

async function violations(page: Page): Promise<string[]> {
  const result = await new AxeBuilder({ page }).analyze()
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  )
}

const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth')
