/** Signs up a new merchant: the link from the mail, the account, and the company data that an invoice needs. */
import { expect } from 'vitest'
import { linkIn, mailTo } from '../support/inbox.ts'
import { goTo, title, type Walk } from './walk.ts'

export async function signUp({ home, page, scripts, owner, look }: Walk): Promise<void> {
  await page.goto(home.appUrl)
  await title(page, 'Sign in').waitFor()
  await look(page, 'sign-in')
  await page.getByLabel('Your e-mail address').fill(owner)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await title(page, 'Check your inbox').waitFor()
  await look(page, 'sign-in-sent')

  await page.goto(linkIn(await mailTo(home, owner), home, /^\/sign-in\/links\//))
  await title(page, 'Sign in to Facteur').waitFor()
  await look(page, 'sign-in-link')
  await page.getByRole('button', { name: 'Sign in' }).click()

  await title(page, 'Tell us about your company').waitFor()
  await page.getByLabel('Legal name').fill('Bindery at the Lock Ltd')
  await page.getByLabel('Country').selectOption({ label: 'France' })
  await page.getByLabel('Currency').selectOption('EUR')
  // The browser's time zone is preselected.
  if (scripts) expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Paris')
  await look(page, 'welcome')
  await page.getByRole('button', { name: 'Open the account' }).click()
  await title(page, 'Company').waitFor()
  await look(page, 'company-incomplete')
}

export async function completeCompany(walk: Walk): Promise<void> {
  const { page, owner, look } = walk
  await page.getByLabel('Street and number').fill('12 Quai du Canal')
  await page.getByLabel('Postcode').fill('31000')
  await page.getByLabel('Town').fill('Toulouse')
  await page.getByLabel('VAT number').fill('FR40303265045')
  await page.getByLabel('E-mail for replies').fill('not an address')
  await page.getByLabel('IBAN').fill('FR76 3000 6000 0112 3456 7890 189')
  await page.getByRole('button', { name: 'Save' }).click()
  // The other fields keep their values; only the invalid one is typed again.
  await page.getByRole('alert').waitFor()
  await look(page, 'company-wrong')
  await page.getByLabel('E-mail for replies').fill(owner)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  // The person's sign-in address needs no confirmation as reply address, so nothing is missing any more.
  await page.getByText('Confirmed', { exact: true }).waitFor()
  await look(page, 'company')
  await goTo(walk, 'Settings')
  await look(page, 'settings')
}
