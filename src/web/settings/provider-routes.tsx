/** An account's own mail providers: which carries its mails, their settings, and a test mail over each. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { removeConnection } from '../../commands/providers/remove-connection'
import { saveConnection } from '../../commands/providers/save-connection'
import { testConnection } from '../../commands/providers/test-connection'
import { listProviderConnections, listProviderStates, type ProviderConnection } from '../../db/provider-connections'
import { displayName } from '../../domain/company'
import {
  ACCOUNT_PROVIDERS,
  type AccountProvider,
  type ConnectionPlace,
  PROVIDER_FIELDS,
} from '../../domain/provider-connection'
import { senderAddress } from '../../mail/compose'
import { plainMail } from '../../mail/plain-mail'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { freshSignIn } from '../sign-in/fresh-sign-in'
import { type FormState, type FormValues, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { type PageOptions, page } from '../ui/page'
import { parseProviderForm, placeOf } from './provider-form'
import { ProviderFormPage } from './provider-form-page'
import { ProvidersPage, type ShownConnection } from './provider-page'

export const providerSettings = new Hono<AccountEnv>()

const changes = requireRole('admin')
const path = routes.provider(':place')

providerSettings.get(routes.providers, async (c) => {
  const { deps, signedIn, t } = c.var
  const connections = await listProviderConnections(deps.db, signedIn.accountId)
  const states = await listProviderStates(
    deps.db,
    connections.map(({ id }) => id),
  )
  const shown = (place: ConnectionPlace): ShownConnection | undefined => {
    const connection = connections.find((one) => one.place === place)
    if (!connection) return undefined
    const state = states.find((one) => one.connection === connection.id)
    return {
      connection,
      state,
      webhookUrl: deps.config.APP_URL + hookPath(connection),
      hearsBounces: deps.config.BOUNCE_DOMAIN !== '',
    }
  }
  const platformAddress = senderAddress(deps.config.MAIL_DOMAIN)
  const props = { first: shown('first'), second: shown('second'), platformAddress, now: deps.now() }
  const options: PageOptions = { title: t('settings.provider'), section: 'settings', scripts: ['copy.js'] }
  return page(c, options, <ProvidersPage {...props} />)
})

/** Returns the path for events; mail servers report by mail. */
const hookPath = ({ kind, hook }: ProviderConnection): string =>
  kind === 'smtp' ? routes.inboundMail(hook) : routes.providerWebhook(kind, hook)

providerSettings.get(path, changes, async (c) => {
  const place = placeIn(c)
  const saved = await savedAt(c, place)
  const kind = kindOf(c.req.query('kind')) ?? kindOf(saved?.kind)
  if (!kind) return c.redirect(routes.providers, 303)
  const values = saved?.kind === kind ? saved.settings : await firstValues(c, kind)
  return formPage(c, place, kind, saved, { values, errors: {} })
})

providerSettings.post(path, changes, async (c) => {
  const { deps, signedIn, t } = c.var
  const place = placeIn(c)
  const kind = kindOf(c.req.query('kind'))
  if (!kind) throw new HTTPException(404)
  const typed = await readForm(c)
  const form = parseProviderForm(kind, typed, t, isLocal(c))
  const saved = await savedAt(c, place)
  if (!form.ok) return formPage(c, place, kind, saved, form, 422)
  const asked = await freshSignIn(c, { typed, back: routes.providers })
  if (asked) return asked
  const { accountId, userId: actor } = signedIn
  const done = await saveConnection(deps, { accountId, actor, place, kind, ...form.value })
  if (!done.ok) {
    const errors = { [String(done.details?.field)]: t('field.required') }
    return formPage(c, place, kind, saved, { values: typed, errors }, 422)
  }
  flash(c, 'notice.provider_saved')
  return c.redirect(routes.providers, 303)
})

providerSettings.post(routes.providerTests(':place'), changes, async (c) => {
  const { deps, signedIn, t, language } = c.var
  const company = displayName(signedIn.company)
  const mail = plainMail(language, t('provider.test.subject'), [
    t('provider.test.body', { company }),
    t('provider.test.next'),
  ])
  const tested = await testConnection(deps, {
    ...{ accountId: signedIn.accountId, place: placeIn(c), to: signedIn.email, company, mail },
  })
  if (!tested.ok) {
    if (tested.reason === 'not_found') throw new HTTPException(404)
    flash(c, tested.reason === 'notice_limit' ? 'problem.provider_tested_enough' : 'problem.provider_unreadable')
  } else flash(c, tested.value.type === 'accepted' ? 'notice.provider_works' : 'problem.provider_refused')
  return c.redirect(routes.providers, 303)
})

providerSettings.post(routes.providerRemoval(':place'), changes, async (c) => {
  const place = placeIn(c)
  const asked = await freshSignIn(c, { typed: await readForm(c), back: routes.providers })
  if (asked) return asked
  const { accountId, userId: actor } = c.var.signedIn
  await removeConnection(c.var.deps, { accountId, actor, place })
  flash(c, 'notice.provider_removed')
  return c.redirect(routes.providers, 303)
})

function placeIn(c: Context<AccountEnv>): ConnectionPlace {
  const place = placeOf(c.req.param('place') ?? '')
  if (!place) throw new HTTPException(404)
  return place
}

const kindOf = (text: string | undefined): AccountProvider | undefined =>
  ACCOUNT_PROVIDERS.find((kind) => kind === text)

const isLocal = (c: Context<AccountEnv>): boolean => c.var.deps.config.ENVIRONMENT === 'local'

const savedAt = async (c: Context<AccountEnv>, place: ConnectionPlace): Promise<ProviderConnection | undefined> =>
  (await listProviderConnections(c.var.deps.db, c.var.signedIn.accountId)).find((one) => one.place === place)

/** Fills in the From address that the account uses already, or its reply address. */
async function firstValues(c: Context<AccountEnv>, kind: AccountProvider): Promise<FormValues> {
  const first = await savedAt(c, 'first')
  const from = first?.settings.from ?? c.var.signedIn.company.email
  return { from, ...(kind === 'smtp' && { port: '587' }) }
}

function formPage(
  c: Context<AccountEnv>,
  place: ConnectionPlace,
  kind: AccountProvider,
  saved: ProviderConnection | undefined,
  form: FormState,
  status: 200 | 422 = 200,
): Response | Promise<Response> {
  const isSame = saved?.kind === kind
  const secrets = PROVIDER_FIELDS[kind].filter(({ secret }) => secret).map(({ name }) => name)
  const names = isSame ? [...secrets, ...(saved.hookSecret ? ['hookSecret'] : [])] : []
  const props = { place, kind, form, saved: names, anyPort: isLocal(c) }
  return page(c, { title: c.var.t('settings.provider'), section: 'settings', status }, <ProviderFormPage {...props} />)
}
