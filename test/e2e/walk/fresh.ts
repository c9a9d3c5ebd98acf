/** Confirms a change by a mailed link in another tab, as a person who signed in a while ago. */
import { runWrangler } from '../../../src/dev/wrangler.ts'
import { linkIn, mailsTo, mailTo } from '../support/inbox.ts'
import { title, type Walk } from './walk.ts'

/** Moves all sign-ins an hour into the past. */
export const letSignInsAge = async ({ home }: Pick<Walk, 'home'>): Promise<void> => {
  const sql = 'UPDATE sessions SET created_at = created_at - 3600000'
  await runWrangler('d1', 'execute', 'DB', '--local', '--persist-to', home.stateDir, '--command', sql)
}

/** Requests a link on the page that asks, opens it in another tab, and continues. */
export async function confirmThatItIsYou(
  { page, home, look }: Pick<Walk, 'page' | 'home' | 'look'>,
  person: string,
): Promise<void> {
  await title(page, 'Confirm that it is you').waitFor()
  await look(page, 'confirm')
  const before = await mailsTo(home, person)
  await page.getByRole('button', { name: `E-mail a link to ${person}` }).click()
  await page.getByText(`A link is on its way to ${person}`).waitFor()
  await look(page, 'confirm-mailed')

  const tab = await page.context().newPage()
  await tab.goto(linkIn(await mailTo(home, person, before), home, /^\/sign-in\/links\//))
  await tab.getByText(`You sign in as ${person}.`).waitFor()
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await title(tab, 'Confirmed').waitFor()
  await look(tab, 'confirmed')
  await tab.close()
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}
