/** Walks the whole path from signing up to the customer's download, with scripts and without. */
import { expect, it } from 'vitest'
import { newPerson } from './support/browser.ts'
import { keepPicture, look } from './support/look.ts'
import { startBeforeTests } from './support/started.ts'
import { readAndDownload, seeWhatTheCustomerDid } from './walk/customer.ts'
import { createContact, writeInvoice } from './walk/invoice.ts'
import { leaveSooner, sendAndUndo, sendForGood } from './walk/send.ts'
import { completeCompany, signUp } from './walk/sign-up.ts'
import { writeATranslation } from './walk/translate.ts'
import type { Walk } from './walk/walk.ts'

const started = startBeforeTests()

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

async function walkThePath(options: Pick<Walk, 'scripts' | 'owner' | 'customer' | 'look'>): Promise<void> {
  const { browser, home } = started()
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
