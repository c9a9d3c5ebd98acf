import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { savePerson } from '../../commands/accounts/save-person'
import { isTimeZone } from '../../domain/calendar'
import { isBuiltIn } from '../../domain/languages'
import { NOTIFY } from '../../domain/role'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { oneOf } from '../ui/fields'
import { type FormState, nameLine, parseForm, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { passkeysOf } from './passkey-routes'
import { PersonalPage } from './personal-page'

const PersonalForm = v.object({
  name: nameLine(),
  language: oneOf((value) => value === '' || isBuiltIn(value)),
  timeZone: oneOf((value) => value === '' || isTimeZone(value)),
  notifyProblems: v.picklist(NOTIFY, 'field.invalid'),
})

export const personalSettings = new Hono<AccountEnv>()

personalSettings.get(routes.personalSettings, (c) => {
  const { name, personal, notifyProblems } = c.var.signedIn
  return personalPage(c, { values: { name, ...personal, notifyProblems }, errors: {} })
})

personalSettings.post(routes.personalSettings, async (c) => {
  const form = parseForm(PersonalForm, await readForm(c), c.var.t)
  if (!form.ok) return personalPage(c, form, 422)
  const { notifyProblems, ...settings } = form.value
  const { userId, accountId } = c.var.signedIn
  await savePerson(c.var.deps, { userId, accountId, settings, notifyProblems })
  flash(c, 'notice.saved')
  return c.redirect(routes.personalSettings, 303)
})

async function personalPage(c: Context<AccountEnv>, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const content = <PersonalPage form={form} passkeys={await passkeysOf(c)} />
  return page(c, { title: c.var.t('settings.you'), section: 'settings', scripts: ['passkeys.js'], status }, content)
}
