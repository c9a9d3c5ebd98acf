/** A Chromium that comes with npm; where that one does not run (it is for Linux on x64), the Chrome of the machine. */
import sparticuz from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

export async function openBrowser(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' })
  // The package's own arguments switch web security off and end the browser with its first context.
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args: ['--no-sandbox'] })
}

/** A person's browser: English, in Lyon. Fails the test on whatever a page logs as an error. */
export async function newPerson(browser: Browser, options: { scripts?: boolean } = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    javaScriptEnabled: options.scripts ?? true,
    viewport: DESKTOP,
    acceptDownloads: true,
  })
  context.setDefaultTimeout(30_000)
  return context
}

export const DESKTOP = { width: 1280, height: 900 }
export const PHONE = { width: 390, height: 844 }
