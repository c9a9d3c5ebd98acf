/** Checks a page: takes screenshots for people, and looks for accessibility problems with axe. */
import { mkdirSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { DESKTOP, PHONE } from './browser.ts'

const SCREENSHOTS = '.test/screenshots'

/**
 * Takes the screenshots NAME-light, NAME-dark and NAME-phone, and expects no problem in any of them.
 * @param irrelevant axe's rules that don't apply to it
 */
export async function look(page: Page, name: string, irrelevant: string[] = []): Promise<void> {
  const problems: string[] = []
  const check = async (kind: string, find: (page: Page) => Promise<Violation[]>) => {
    await keepPicture(page, `${name}-${kind}`)
    const found = (await find(page)).filter(({ id }) => !irrelevant.includes(id))
    problems.push(...found.flatMap(sentences).map((problem) => `${name}-${kind}: ${problem}`))
    if (await scrollsSideways(page)) problems.push(`${name}-${kind}: is wider than the window`)
  }
  await check('light', violations)
  await page.emulateMedia({ colorScheme: 'dark' })
  await check('dark', colourViolations)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(PHONE)
  await check('phone', violationsAgain)
  await page.setViewportSize(DESKTOP)
  expect(problems).toEqual([])
}

export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  // Hiding the caret would leave style attributes behind, which htmx copies and the Content-Security-Policy then refuses.
  const picture = () => page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true, caret: 'initial' })
  // A browser without a moment to draw refuses: « Unable to capture screenshot ».
  await picture().catch(() => page.waitForTimeout(1000).then(picture))
}

/** Rules for pages that don't apply to a mail, which is shown inside the page of a mail program. */
export const RULES_FOR_PAGES = ['landmark-one-main', 'page-has-heading-one', 'region']

interface Violation {
  id: string
  help: string
  nodes: { html: string; failureSummary?: string }[]
}

/** Rules that depend on colours; the others give the same result in dark mode. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/**
 * Frames of mails are left out: scripts don't run there, so axe would wait for ever. A mail is checked as a separate
 * page.
 */
const OPTIONS = { iframes: false, resultTypes: ['violations' as const] }

async function violations(page: Page): Promise<Violation[]> {
  // The other mode opens a new page for every check, which takes several times as long.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options(OPTIONS)
  return (await axe.analyze()).violations
}

/** Checks with the axe that the first check loaded into the page. */
async function violationsAgain(page: Page, options: object = OPTIONS): Promise<Violation[]> {
  const found = await page.evaluate<{ violations: Violation[] }>(`axe.run(document, ${JSON.stringify(options)})`)
  return found.violations
}

const colourViolations = (page: Page): Promise<Violation[]> =>
  violationsAgain(page, { ...OPTIONS, runOnly: COLOUR_RULES })

const sentences = ({ id, help, nodes }: Violation): string[] =>
  nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html.slice(0, 200)} ${failureSummary ?? ''}`)

const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth')
