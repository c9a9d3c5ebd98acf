import { type Context, Hono } from 'hono'
import { removeLogo, saveLogo } from '../../commands/accounts/save-logo'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { emptyForm, type FormState, readFile } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { LogoPage } from './logo-page'

export const logoSettings = new Hono<AccountEnv>()

logoSettings.get(routes.logoSettings, (c) => logoPage(c, emptyForm))

logoSettings.post(routes.logoSettings, requireRole('admin'), async (c) => {
  const file = await readFile(c, 'logo')
  const saved = await saveLogo(c.var.deps, { ...whatBy(c), bytes: file?.bytes ?? new Uint8Array() })
  if (!saved.ok) return logoPage(c, { values: {}, errors: { logo: refusalText(c.var.t, saved) } }, 422)
  flash(c, 'notice.logo_saved')
  return c.redirect(routes.logoSettings, 303)
})

logoSettings.post(routes.logoRemoval, requireRole('admin'), async (c) => {
  const removed = await removeLogo(c.var.deps, whatBy(c))
  flash(c, removed.ok ? 'notice.logo_removed' : 'refusal.busy')
  return c.redirect(routes.logoSettings, 303)
})

const whatBy = (c: Context<AccountEnv>) => ({ accountId: c.var.signedIn.accountId, actor: c.var.signedIn.userId })

const logoPage = (c: Context<AccountEnv>, form: FormState, status: 200 | 422 = 200) =>
  page(
    c,
    { title: c.var.t('settings.logo'), section: 'settings', status },
    <LogoPage form={form} logo={c.var.signedIn.logo} />,
  )
