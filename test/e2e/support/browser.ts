/** A Chromium that comes with npm; where that one does not run (it is for Linux on x64), the Chrome of the machine. */
import sparticuz from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** `CHROME_PATH` names another browser than the one found. */
export async function openBrowser(): Promise<Browser> {
  const { CHROME_PATH } = process.env
  if (CHROME_PATH) return chromium.launch({ executablePath: CHROME_PATH, args: ['--no-sandbox'] })
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' })
  // The package's own arguments switch web security off and end the browser with its first context.
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args: ['--no-sandbox'] })
}

export interface Person {
  newPage(): Promise<Page>
  /** What pages logged as errors: scripts that failed, what the Content-Security-Policy refused, files not found. */
  complaints: string[]
  close(): Promise<void>
}

/** A person's browser: English, in Lyon. */
export async function newPerson(browser: Browser, options: { scripts?: boolean } = {}): Promise<Person> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    javaScriptEnabled: options.scripts ?? true,
    viewport: DESKTOP,
    acceptDownloads: true,
    // No colour is met half way to another.
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(60_000)
  return { newPage: () => context.newPage(), complaints: complaintsOf(context), close: () => context.close() }
}

function complaintsOf(context: BrowserContext): string[] {
  const complaints: string[] = []
  context.on('console', (message) => {
    // A form that comes back with what is wrong with it is no failure of the page.
    if (message.type() === 'error' && !message.text().includes('422 (Unprocessable'))
      complaints.push(`${message.page()?.url()}: ${message.text()}`)
  })
  context.on('weberror', (failure) => complaints.push(`${failure.page()?.url()}: ${failure.error()}`))
  return complaints
}

export const DESKTOP = { width: 1280, height: 900 }
export const PHONE = { width: 390, height: 844 }
