/** Changes the text of a mail with a preview of a sample document: variables are inserted at the cursor. */
import { expect } from 'vitest'
import { goTo, type Walk } from './walk.ts'

export async function writeATranslation(walk: Walk): Promise<void> {
  const { page, scripts, look } = walk
  await goTo(walk, 'Translations')
  await page.getByRole('heading', { name: 'Which language a customer receives' }).waitFor()
  await look(page, 'translations')
  await page.getByRole('link', { name: 'English' }).click()
  await look(page, 'translations-english')
  await page.getByRole('link', { name: 'Invoice', exact: false }).first().click()
  const body = page.getByLabel('Text', { exact: true })
  await body.fill('Dear , thank you.')
  if (scripts) {
    await body.press('ControlOrMeta+Home')
    for (const _ of 'Dear ') await body.press('ArrowRight')
    await page.getByRole('button', { name: '{{ contact.name }}' }).click()
    expect(await body.inputValue()).toBe('Dear {{ contact.name }}, thank you.')
    const mail = page.frameLocator('.preview-frame:not(.loading)').frameLocator('iframe')
    await mail.getByText('Dear Sample Customer Ltd, thank you.').first().waitFor()
  } else {
    await page.getByText('{{ contact.name }}', { exact: true }).waitFor()
    expect(await page.locator('button.insert').count()).toBe(0)
    await body.fill('Dear {{ contact.name }}, thank you.')
  }
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Reset to the default' }).click()
  await page.getByText('Your text was removed; the default is used again.').waitFor()
}
