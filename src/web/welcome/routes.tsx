/** Opens a person's first account. All fields but the company's name are guessed from the browser and can be changed. */
import { type Context, Hono } from 'hono'
import { createAccount } from '../../commands/accounts/create-account'
import { mayOpenFirstAccount } from '../../commands/accounts/may-open-account'
import { listMemberships } from '../../db/accounts'
import { currencyOf } from '../../domain/account-defaults'
import { isCountry } from '../../domain/countries'
import { routes } from '../../routes'
import type { AnyContext, AppEnv } from '../app-env'
import { findPerson, type Person } from '../middleware/session'
import { type FormState, parseForm, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { NoAccountPage, WelcomeForm, WelcomePage } from './welcome-page'

export const welcome = new Hono<AppEnv>()

welcome.get(routes.welcome, async (c) => {
  const person = await findPersonWithoutAccount(c)
  if (!person) return c.redirect(routes.documents, 303)
  if (!(await mayOpenFirstAccount(c.var.deps, person))) return noAccountPage(c, person)
  return formPage(c, { values: { ...guess(c), name: person.name }, errors: {} })
})

welcome.post(routes.welcome, async (c) => {
  const person = await findPersonWithoutAccount(c)
  if (!person) return c.redirect(routes.documents, 303)
  if (!(await mayOpenFirstAccount(c.var.deps, person))) return noAccountPage(c, person)
  const form = parseForm(WelcomeForm, await readForm(c), c.var.t)
  if (!form.ok) return formPage(c, form, 422)
  const { name, ...account } = form.value
  const { userId, sessionId } = person
  await createAccount(c.var.deps, { userId, sessionId, personName: name, ...account, formKey: null })
  flash(c, 'notice.account_created')
  return c.redirect(routes.companySettings, 303)
})

const formPage = (c: Context<AppEnv>, form: FormState, status: 200 | 422 = 200) =>
  page(c, { title: c.var.t('welcome.title'), plain: true, width: 'wide', status }, <WelcomePage form={form} />)

const noAccountPage = (c: Context<AppEnv>, { email }: Person) =>
  page(c, { title: c.var.t('no_account.title'), plain: true, status: 403 }, <NoAccountPage email={email} />)

/** Finds a signed-in person without an account. A signed-out visitor is redirected to documents and from there to sign-in. */
async function findPersonWithoutAccount(c: Context<AppEnv>): Promise<Person | undefined> {
  const person = await findPerson(c)
  if (!person) return undefined
  const memberships = await listMemberships(c.var.deps.db, person.userId)
  return memberships.length === 0 ? person : undefined
}

/**
 * Guesses defaults from Cloudflare's data about the request. A local workerd makes that data up, so there the browser's
 * languages are used.
 */
export function guess(c: AnyContext): Record<string, string> {
  const region = /[a-z]{2,3}-([A-Z]{2})\b/.exec(c.req.header('Accept-Language') ?? '')?.[1]
  const local = c.var.deps.config.ENVIRONMENT === 'local'
  const cf = local ? undefined : (c.req.raw.cf as Partial<IncomingRequestCfProperties> | undefined)
  const country = [cf?.country, region].find((code) => code !== undefined && isCountry(code)) ?? ''
  return { country, currency: currencyOf(country), language: c.var.language, timeZone: cf?.timezone ?? 'UTC' }
}
