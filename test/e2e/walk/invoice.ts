/** Creates a customer and an invoice, whose lines are moved. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { goTo, title, type Walk } from './walk.ts'

export const CUSTOMER = 'Harbour Books'

export async function createContact(walk: Walk): Promise<void> {
  const { page, customer, look } = walk
  await goTo(walk, 'Contacts')
  await look(page, 'contacts-empty')
  await page.getByRole('link', { name: 'New contact' }).first().click()
  await title(page, 'New contact').waitFor()
  await look(page, 'contact-new')
  await page.getByLabel('Name').fill(CUSTOMER)
  // As pasted from an address book; only the domain is put in lower case.
  await page.getByLabel('E-mail').fill(`  ${customer.replace(/@.*/, (domain) => domain.toUpperCase())}, `)
  await page.getByLabel('Street and number').fill('3 Pier Road')
  await page.getByLabel('Postcode').fill('D02 AF30')
  await page.getByLabel('Town').fill('Dublin')
  await page.getByLabel('Country').selectOption({ label: 'Ireland' })
  await page.getByRole('button', { name: 'Create contact' }).click()
  await page.getByText('The contact was created.').waitFor()
  await look(page, 'contact')
  await goTo(walk, 'Contacts')
  await look(page, 'contacts')
}

export async function writeInvoice(walk: Walk): Promise<void> {
  const { page, look } = walk
  await goTo(walk, 'Documents')
  await look(page, 'documents-empty')
  await page.getByRole('link', { name: 'New invoice' }).click()
  await title(page, 'New invoice').waitFor()
  await look(page, 'invoice-new')
  await chooseCustomer(walk)
  await writeLines(page)
  await look(page, 'invoice-form')
  await page.getByRole('button', { name: 'Save draft' }).last().click()
  await title(page, 'Draft invoice').waitFor()
  await page.getByText('€240.00').first().waitFor()
  await look(page, 'invoice-draft')
}

async function chooseCustomer({ page, scripts }: Walk): Promise<void> {
  await page.getByLabel('Search by name or e-mail').fill('harb')
  if (!scripts) await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.getByRole('button', { name: CUSTOMER }).click()
  await page.getByText('3 Pier Road').waitFor()
}

/** Types three lines, moves the third to the top, and removes the one that is then last. */
async function writeLines(page: Page): Promise<void> {
  await fillLine(page, 1, { description: 'Binding in half leather', quantity: '2', price: '75' })
  await addLine(page, 2)
  await fillLine(page, 2, { description: 'A mistake', quantity: '1', price: '999' })
  await addLine(page, 3)
  await fillLine(page, 3, { description: 'Gilding', quantity: '1', price: '50' })

  await move(page, 'Move line 3 up', ['Binding in half leather', 'Gilding', 'A mistake'])
  await move(page, 'Move line 2 up', ['Gilding', 'Binding in half leather', 'A mistake'])
  await move(page, 'Remove line 3', ['Gilding', 'Binding in half leather'])
  expect(await line(page, 1).getByLabel('Unit price').inputValue()).toBe('50')
  expect(await line(page, 2).getByLabel('Quantity').inputValue()).toBe('2')
}

const line = (page: Page, number: number): Locator => page.getByRole('group', { name: `Line ${number}`, exact: true })

async function addLine(page: Page, number: number): Promise<void> {
  await page.getByRole('button', { name: 'Add line' }).click()
  await line(page, number).waitFor()
}

interface TypedLine {
  description: string
  quantity: string
  price: string
}

async function fillLine(page: Page, number: number, { description, quantity, price }: TypedLine): Promise<void> {
  await line(page, number).getByLabel('Description').fill(description)
  await line(page, number).getByLabel('Quantity').fill(quantity)
  await line(page, number).getByLabel('Unit price').fill(price)
}

async function move(page: Page, button: string, descriptions: string[]): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await expect.poll(() => descriptionsOf(page), { timeout: 20_000 }).toEqual(descriptions)
}

/** Reads all descriptions at once, since reading them one by one would wait for a field that was removed meanwhile. */
const descriptionsOf = (page: Page): Promise<string[]> =>
  page
    .getByRole('group', { name: /^Line \d+$/ })
    .getByLabel('Description')
    .evaluateAll((fields) => fields.map((field) => ('value' in field ? String(field.value) : '')))
