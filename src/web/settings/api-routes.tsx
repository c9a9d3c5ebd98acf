/** Serves the settings of the API: makes keys, shows each once, and revokes them. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { createApiKey } from '../../commands/accounts/create-api-key'
import { revokeApiKey } from '../../commands/accounts/revoke-api-key'
import { listApiKeys } from '../../db/api-keys'
import { API_KEY_NAME_CHARS, API_SCOPES } from '../../domain/api-key'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { freshSignIn } from '../sign-in/fresh-sign-in'
import { formId } from '../ui/form-id'
import { checkbox, type FormState, parseForm, readForm, requiredLine } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { ApiPage } from './api-page'

const KeyForm = v.pipe(
  v.object({
    name: requiredLine(API_KEY_NAME_CHARS),
    ...{ read: checkbox(), write: checkbox(), send: checkbox() },
    mode: v.picklist(['live', 'test']),
  }),
  v.transform(({ name, mode, ...allowed }) => ({
    name,
    test: mode === 'test',
    scopes: API_SCOPES.filter((scope) => allowed[scope]),
  })),
  v.forward(
    v.check(({ scopes }) => scopes.length > 0, 'api.scope.needed'),
    ['scopes'],
  ),
)

export const apiSettings = new Hono<AccountEnv>()

const changes = requireRole('admin')

apiSettings.get(routes.apiSettings, (c) => apiPage(c, { values: { read: 'on', write: 'on', send: 'on' }, errors: {} }))

apiSettings.post(routes.apiSettings, changes, async (c) => {
  const { deps, signedIn, t } = c.var
  const typed = await readForm(c)
  const form = parseForm(KeyForm, typed, t)
  if (!form.ok) return apiPage(c, form, { status: 422 })
  const asked = await freshSignIn(c, { typed, back: routes.apiSettings })
  if (asked) return asked
  const { accountId, userId: actor } = signedIn
  const made = await createApiKey(deps, { accountId, actor, id: formId(c, 'key', typed.id), ...form.value })
  if (!made.ok) return apiPage(c, { values: typed, errors: { '': refusalText(t, made) } }, { status: 409 })
  return apiPage(c, { values: {}, errors: {} }, { created: made.value })
})

apiSettings.post(routes.apiKeyRevocation(':id'), changes, async (c) => {
  const { accountId, userId: actor } = c.var.signedIn
  const revoked = await revokeApiKey(c.var.deps, { accountId, actor, id: c.req.param('id') })
  if (!revoked.ok) throw new HTTPException(404)
  flash(c, 'notice.api_key_revoked')
  return c.redirect(routes.apiSettings, 303)
})

async function apiPage(
  c: Context<AccountEnv>,
  { values, errors }: FormState,
  { status = 200, created }: { status?: 200 | 409 | 422; created?: string } = {},
): Promise<Response> {
  const { deps, signedIn, t } = c.var
  const keys = await listApiKeys(deps.db, signedIn.accountId)
  // A form with errors keeps its id; every other one makes a key of its own.
  const id = status === 422 ? formId(c, 'key', values.id) : deps.newId('key')
  const content = <ApiPage keys={keys} form={{ values: { ...values, id }, errors }} created={created} />
  return page(c, { title: t('settings.api'), section: 'settings', status }, content)
}
