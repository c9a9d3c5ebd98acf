/** Opens further accounts, changes between accounts, and switches test mode. */
import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { createAccount } from '../../commands/accounts/create-account'
import { activateAccount } from '../../db/members'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount } from '../middleware/session'
import { setTestMode } from '../middleware/test-mode'
import { type FormState, parseForm, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { guess } from './routes'
import { WelcomeForm, WelcomePage } from './welcome-page'

export const accountRoutes = new Hono<AccountEnv>()

accountRoutes.use(routes.accounts, requireAccount)
accountRoutes.use(`${routes.accounts}/*`, requireAccount)

const maySignUp = createMiddleware<AccountEnv>(async (c, next) => {
  if (!c.var.signedIn.mayOpenAccount) throw new HTTPException(403, { cause: 'sign_up' })
  await next()
})

accountRoutes.get(routes.newAccount, maySignUp, (c) =>
  formPage(c, { values: guess(c), errors: {} }, c.var.deps.newToken()),
)

accountRoutes.post(routes.accounts, maySignUp, async (c) => {
  const typed = await readForm(c)
  const formKey = typed.key || c.var.deps.newToken()
  const form = parseForm(WelcomeForm, typed, c.var.t)
  if (!form.ok) return formPage(c, form, formKey, 422)
  const { name: personName, ...account } = form.value
  const { userId, sessionId } = c.var.signedIn
  if (!(await createAccount(c.var.deps, { userId, sessionId, personName, ...account, formKey }))) {
    flash(c, 'problem.accounts_opened')
    return c.redirect(routes.documents, 303)
  }
  flash(c, 'notice.account_created')
  return c.redirect(routes.companySettings, 303)
})

accountRoutes.post(routes.activeAccount, async (c) => {
  const { accountId = '' } = await readForm(c)
  const { sessionId, userId } = c.var.signedIn
  if (!(await activateAccount(c.var.deps.db, { sessionId, userId, accountId }))) throw new HTTPException(404)
  return c.redirect(routes.documents, 303)
})

accountRoutes.post(routes.testMode, requireAccount, async (c) => {
  const { on = '' } = await readForm(c)
  setTestMode(c, c.var.signedIn.accountId, on === '1')
  if (on !== '1') flash(c, 'notice.test_mode_left')
  return c.redirect(routes.documents, 303)
})

const formPage = (c: Context<AccountEnv>, form: FormState, formKey: string, status: 200 | 422 = 200) =>
  page(
    c,
    { title: c.var.t('accounts.new.title'), plain: true, width: 'wide', status },
    <WelcomePage form={form} formKey={formKey} />,
  )
