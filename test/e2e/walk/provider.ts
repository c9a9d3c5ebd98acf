/** Sets up a mail server of the account's own, tests it, and removes it. */
import { routes } from '../../../src/routes.ts'
import type { Walk } from './walk.ts'

type Walker = Pick<Walk, 'page' | 'home' | 'look'>

export async function bringAProvider({ page, home, look }: Walker): Promise<void> {
  await page.goto(home.appUrl + routes.providers)
  await look(page, 'provider-none')
  await page.getByRole('link', { name: 'Resend', exact: true }).click()
  await look(page, 'provider-resend')
  await page.goBack()
  await page.getByRole('link', { name: 'Mail server (SMTP)' }).click()
  await page.getByLabel('Server', { exact: true }).fill('127.0.0.1')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByText('Please check these fields').waitFor({ state: 'detached' })
  await page.getByText('Not tested yet').waitFor()
  await page.getByRole('link', { name: 'Change', exact: true }).click()
  await page.getByLabel('Port').fill(home.env.SMTP_PORT ?? '')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByText('Not tested yet').waitFor()
  await look(page, 'provider-untested')
  await page.getByRole('button', { name: /^Send a test/ }).click()
  await page.getByText('Working').waitFor()
  await look(page, 'provider-working')
  await page.getByText('Remove this provider').click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('The provider is removed.').waitFor()
}
