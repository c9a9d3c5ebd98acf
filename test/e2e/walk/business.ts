/**
 * Uses the demo for more than invoices: a logo, a file, a voided document, an import, an invitation, a passkey.
 */
import type { Page } from 'playwright-core'
import { DEMO_USER } from '../../../src/dev/demo/company.ts'
import { routes } from '../../../src/routes.ts'
import { confirmThatItIsYou, letSignInsAge } from './fresh.ts'
import { title, type Walk } from './walk.ts'

type Business = Pick<Walk, 'page' | 'home' | 'look'>

/** One pixel, red. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
)

export async function runABusiness(business: Business): Promise<void> {
  await changeLogo(business)
  await attachAndVoid(business)
  await importContacts(business)
  await invite(business)
  await signInByPasskey(business)
}

async function changeLogo({ page, home, look }: Business): Promise<void> {
  await page.goto(home.appUrl + routes.logoSettings)
  await page.locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: PNG })
  await page.locator(`form[action="${routes.logoSettings}"] button[type=submit]`).click()
  await page.locator('.notices .notice').waitFor()
  await look(page, 'business-logo')
}

/** Attaches a file that the customer may see to an open invoice, and then voids it. */
async function attachAndVoid({ page, home, look }: Business): Promise<void> {
  await page.goto(`${home.appUrl}${routes.documents}?kind=invoice&state=overdue`)
  await page.locator('main table tbody a').first().click()
  await title(page, /^Invoice /).waitFor()
  await page.getByText('Attach a file').click()
  const file = { name: 'terms.csv', mimeType: 'text/csv', buffer: Buffer.from('clause;text\n1;Be kind\n') }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByLabel('Show it on the customer’s page too').check()
  await page.getByRole('button', { name: 'Attach', exact: true }).click()
  await page.getByRole('link', { name: 'terms.csv' }).waitFor()
  await look(page, 'business-attachment')

  await page.locator('main details.menu > summary').first().click()
  await page.getByText('Void with a credit note').click()
  await page.getByRole('button', { name: 'Void', exact: true }).click()
  await title(page, /^Credit note /).waitFor()
  await look(page, 'business-voided')
}

async function importContacts({ page, home, look }: Business): Promise<void> {
  await page.goto(home.appUrl + routes.newContactImport)
  const csv = 'Name;E-mail;Country\nHarbour Library;books@harbour.example;IE\nNobody;not an address;IE\n'
  const file = { name: 'contacts.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.locator(`form[action="${routes.contactImports}"] button[type=submit]`).click()
  await page.getByRole('button', { name: 'Check the file' }).waitFor()
  await look(page, 'business-import-columns')
  await page.getByRole('button', { name: 'Check the file' }).click()
  await page.getByRole('button', { name: 'Import only the 1 valid line' }).waitFor()
  await look(page, 'business-import-checked')
  await page.getByRole('button', { name: 'Import only the 1 valid line' }).click()
  await page.getByText('1 contact created').waitFor()
  await look(page, 'business-imported')
}

/** Invites a person, which requires a fresh sign-in, since the last one is too old by then. */
async function invite({ page, home, look }: Business): Promise<void> {
  await letSignInsAge({ home })
  await page.goto(home.appUrl + routes.peopleSettings)
  await page.getByLabel('E-mail').fill('nadia@bindery.example')
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await confirmThatItIsYou({ page, home, look }, DEMO_USER.email)
  await page.getByText('nadia@bindery.example').waitFor()
  await look(page, 'business-invited')
}

/** Adds a passkey with the browser's virtual authenticator, and signs in with it. */
async function signInByPasskey({ page, home, look }: Business): Promise<void> {
  await withAuthenticator(page)
  await page.goto(home.appUrl + routes.personalSettings)
  await page.locator(`form[action="${routes.passkeys}"]`).getByLabel('Name').fill('Workshop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('The passkey was added').waitFor()
  await look(page, 'business-passkey')
  await page.locator('summary').filter({ hasText: 'your menu' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor()
  await look(page, 'business-sign-in')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await title(page, 'Documents').waitFor()
}

async function withAuthenticator(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
