/** Checks the pages of the demo that the path does not open. */
import { routes } from '../../../src/routes.ts'
import type { Walk } from './walk.ts'

type Tourist = Pick<Walk, 'page' | 'home' | 'look'>

const PAGES: Record<string, string> = {
  'list-receipts': `${routes.documents}?kind=receipt`,
  'list-kept-back': `${routes.documents}?mail=kept_back`,
  'receipt-new': `${routes.newDocument}?kind=receipt`,
  'import-new': routes.newContactImport,
  'settings-documents': routes.documentSettings,
  'settings-logo': routes.logoSettings,
  'settings-taxes': routes.taxSettings,
  'settings-numbers': routes.numberSettings,
  'settings-sender': routes.senderSettings,
  'settings-webhooks': routes.webhookSettings,
  deliverability: routes.deliverability,
  'settings-stripe': routes.stripeSettings,
  'settings-people': routes.peopleSettings,
  'settings-retention': routes.retentionSettings,
  'settings-audit': routes.auditList,
  'settings-you': routes.personalSettings,
  'settings-sessions': routes.sessions,
  'bulk-sends': routes.bulkSends,
  'translations-french': routes.languageTexts('fr'),
  'text-failed-delivery': routes.translation('fr', 'problem_notice'),
  'text-invitation': routes.translation('nl', 'invitation'),
}

export async function seeTheDemo(tourist: Tourist): Promise<void> {
  const { page, home, look } = tourist
  for (const [name, path] of Object.entries(PAGES)) {
    await page.goto(home.appUrl + path)
    await look(page, `demo-${name}`)
  }
  await openFirst(tourist, `${routes.documents}?kind=credit_note`, 'credit-note')
  await openFirst(tourist, `${routes.documents}?kind=receipt`, 'receipt')
  await openFirst(tourist, `${routes.documents}?kind=invoice&state=open`, 'open-invoice')
  await page.goto(`${page.url()}/credit-notes/new`)
  await look(page, 'demo-credit-note-new')
  await openFirst(tourist, `${routes.documents}?mail=problem`, 'problem')
  await openFirst(tourist, routes.contacts, 'contact')
  await mergeTwins(tourist)
  await connectStripe(tourist)
  await tryTestMode(tourist)
}

/** Opens the first entry of a list. */
async function openFirst({ page, home, look }: Tourist, list: string, name: string): Promise<void> {
  await page.goto(home.appUrl + list)
  await page.locator('main table tbody a, main ul a').first().click()
  await page.locator('main h1').waitFor()
  await look(page, `demo-${name}`)
}

/** Merges two contacts from the suggestion on one of them, and undoes the merge. */
async function mergeTwins({ page, home, look }: Tourist): Promise<void> {
  await page.goto(`${home.appUrl}${routes.contacts}?q=Librairie+Passages`)
  await page.locator('main table tbody a').first().click()
  await page.getByRole('link', { name: 'Merge with Librairie Passages…' }).waitFor()
  await look(page, 'demo-duplicates')
  await page.getByLabel('More about this contact').click()
  await page.getByRole('link', { name: 'Merge with another contact…' }).click()
  await page.locator('main h1').waitFor()
  await look(page, 'demo-merge-choose')
  await page.getByRole('link', { name: 'Merge with Librairie Passages…' }).click()
  await page.getByRole('button', { name: 'Merge contacts' }).waitFor()
  await look(page, 'demo-merge')
  await page.getByRole('button', { name: 'Merge contacts' }).click()
  await page.getByText('The contacts are merged.').waitFor()
  await look(page, 'demo-merged')
  await page.locator('section[aria-labelledby=merged] a').click()
  await page.getByText('This contact was merged into').waitFor()
  await look(page, 'demo-merged-away')
  await page.getByRole('button', { name: /Undo the merge/ }).click()
  await page.getByText('The merge is undone').waitFor()
}

async function connectStripe({ page, home, look }: Tourist): Promise<void> {
  await page.goto(home.appUrl + routes.stripeSettings)
  const connect = page.getByRole('button', { name: 'Get the address' })
  if (await connect.isVisible()) await connect.click()
  await page.getByLabel('Signing secret', { exact: true }).fill('whsec_of_the_tour')
  await page.locator(`form[action="${routes.stripeSettings}"] button[type=submit]`).click()
  await page.getByText('Saved', { exact: true }).first().waitFor()
  await look(page, 'demo-stripe')
}

async function tryTestMode({ page, home, look }: Tourist): Promise<void> {
  await page.goto(home.appUrl + routes.documents)
  await page.locator('summary').filter({ hasText: 'your menu' }).click()
  await page.getByRole('button', { name: 'Go to test mode' }).click()
  await page.locator('main h1').waitFor()
  await look(page, 'demo-test-mode')
}
