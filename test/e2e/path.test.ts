/** Walks the whole path from signing up to the customer's download, with scripts and without. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DEMO_USER } from '../../src/dev/demo/company.ts'
import { newPerson, openBrowser } from './support/browser.ts'
import { type Home, newHome, type Running, runNpm, startFacteur } from './support/facteur.ts'
import { keepPicture, look } from './support/look.ts'
import { sendInBulk } from './walk/bulk.ts'
import { runABusiness } from './walk/business.ts'
import { readAndDownload, seeWhatTheCustomerDid } from './walk/customer.ts'
import { fixAnAddress } from './walk/fix.ts'
import { createContact, writeInvoice } from './walk/invoice.ts'
import { bringAProvider } from './walk/provider.ts'
import { leaveSooner, sendAndUndo, sendForGood } from './walk/send.ts'
import { completeCompany, signUp } from './walk/sign-up.ts'
import { seeTheDemo } from './walk/tour.ts'
import { writeATranslation } from './walk/translate.ts'
import type { Walk } from './walk/walk.ts'

let home: Home
let facteur: Running
let browser: Browser

beforeAll(async () => {
  home = await newHome()
  ;[facteur, browser] = await Promise.all([startFacteur(home), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await facteur?.pressCtrlC()
  home?.remove()
})

it('takes a new merchant from signing up to an invoice that the customer downloads', async () => {
  await walkThePath({ scripts: true, owner: 'ada@bindery.example', customer: 'accounts@harbour.example', look })
})

it('takes the same path without scripts', async () => {
  await walkThePath({
    scripts: false,
    owner: 'jean@bindery.example',
    customer: 'accounts@lighthouse.example',
    look: (page, name) => keepPicture(page, `no-scripts-${name}`),
  })
})

it('fixes a failed delivery with the keyboard alone, runs the business, and passes the other pages of the demo', async () => {
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

async function walkThePath(options: Pick<Walk, 'scripts' | 'owner' | 'customer' | 'look'>): Promise<void> {
  const merchant = await newPerson(browser, options)
  const recipient = await newPerson(browser, options)
  const walk: Walk = { ...options, home, page: await merchant.newPage() }

  await signUp(walk)
  await completeCompany(walk)
  await writeATranslation(walk)
  await createContact(walk)
  await writeInvoice(walk)
  await sendAndUndo(walk)
  await leaveSooner(walk)
  await sendForGood(walk)
  await readAndDownload(walk, await recipient.newPage())
  await seeWhatTheCustomerDid(walk)

  expect([...merchant.errors, ...recipient.errors]).toEqual([])
  await Promise.all([merchant.close(), recipient.close()])
}
