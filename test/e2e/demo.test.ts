/** Walks through the demo's account: its problems, its documents, its settings, and sending in bulk. */
import { expect, it } from 'vitest'
import { DEMO_USER } from '../../src/dev/demo/company.ts'
import { newPerson } from './support/browser.ts'
import { runNpm } from './support/facteur.ts'
import { keepPicture, look } from './support/look.ts'
import { startBeforeTests } from './support/started.ts'
import { sendInBulk } from './walk/bulk.ts'
import { runABusiness } from './walk/business.ts'
import { fixAnAddress } from './walk/fix.ts'
import { bringAProvider } from './walk/provider.ts'
import { seeTheDemo } from './walk/tour.ts'
import type { Walk } from './walk/walk.ts'

const started = startBeforeTests()

it('fixes a failed delivery with the keyboard alone, runs the business, and passes the other pages of the demo', async () => {
  const { browser, facteur, home } = started()
  const owner = await newPerson(browser)
  const page = await owner.newPage()
  await page.goto(facteur.signInLink)
  await page.locator('form button').first().click()
  await page.waitForURL('**/documents')
  await fixAnAddress({ page, home, look })
  await runABusiness({ page, home, look })
  await bringAProvider({ page, home, look })
  await seeTheDemo({ page, home, look })
  expect(owner.errors).toEqual([])
  await owner.close()
})

it('sends in bulk with the keyboard alone, with scripts and without', async () => {
  await sendInBulkAs({ scripts: true, look })
  await sendInBulkAs({ scripts: false, look: (page, name) => keepPicture(page, `no-scripts-${name}`) })
})

/** Uses the demo's account, which has enough documents. */
async function sendInBulkAs(options: Pick<Walk, 'scripts' | 'look'>): Promise<void> {
  const { browser, home } = started()
  const merchant = await newPerson(browser, options)
  const page = await merchant.newPage()
  const { output } = await runNpm(home, '-s', 'run', 'sign-in-link', '--', DEMO_USER.email)
  const link = /http\S+\/sign-in\/links\/\S+/.exec(output)?.[0]
  if (!link) throw new Error(`no sign-in link:\n${output}`)
  await page.goto(link)
  await page.getByRole('main').getByRole('button').press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Documents' }).waitFor()
  await sendInBulk({ ...options, home, page, owner: '', customer: '' })
  expect(merchant.errors).toEqual([])
  await merchant.close()
}
