/**
 * Starts the Chromium of an npm package; where that does not run (it is for Linux on x64), the Chrome of the machine.
 */
import sparticuz from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Opens the browser, or the one that `CHROME_PATH` names. */
export async function openBrowser(): Promise<Browser> {
  const { CHROME_PATH } = process.env
  if (CHROME_PATH) return chromium.launch({ executablePath: CHROME_PATH, args: ['--no-sandbox'] })
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' })
  // The package's default arguments disable web security and end the browser with its first context.
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args: ['--no-sandbox'] })
}

export interface Person {
  newPage(): Promise<Page>
  /** Errors that pages logged: scripts that failed, violations of the Content-Security-Policy, files not found. */
  errors: string[]
  close(): Promise<void>
}

/** Opens a browser context: English, in the time zone of Lyon. */
export async function newPerson(browser: Browser, options: { scripts?: boolean } = {}): Promise<Person> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    javaScriptEnabled: options.scripts ?? true,
    viewport: DESKTOP,
    acceptDownloads: true,
    // Disables transitions, so that colours are checked in their final state.
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(60_000)
  return { newPage: () => context.newPage(), errors: errorsOf(context), close: () => context.close() }
}

function errorsOf(context: BrowserContext): string[] {
  const errors: string[] = []
  context.on('console', (message) => {
    // A 422 is a form shown again with its errors, which the walk expects.
    if (message.type() === 'error' && !message.text().includes('422 (Unprocessable'))
      errors.push(`${message.page()?.url()}: ${message.text()}`)
  })
  context.on('weberror', (failure) => errors.push(`${failure.page()?.url()}: ${failure.error()}`))
  return errors
}

export const DESKTOP = { width: 1280, height: 900 }
export const PHONE = { width: 390, height: 844 }
