/** Serves the settings of webhooks. For admins alone, since addresses and answers may hold secrets of other programs. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { changeEndpoint } from '../../commands/webhooks/change-endpoint'
import { createEndpoint } from '../../commands/webhooks/create-endpoint'
import { removeEndpoint } from '../../commands/webhooks/remove-endpoint'
import { repeatCall } from '../../commands/webhooks/repeat-call'
import { rotateSecret } from '../../commands/webhooks/rotate-secret'
import { testEndpoint } from '../../commands/webhooks/test-endpoint'
import { listCalls } from '../../db/webhook-calls'
import { findEndpoint, listEndpoints, type WebhookEndpoint } from '../../db/webhook-endpoints'
import { OUTGOING_EVENTS } from '../../domain/outgoing-event'
import type { Result } from '../../domain/result'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { freshSignIn } from '../sign-in/fresh-sign-in'
import { formId } from '../ui/form-id'
import { type FormState, readForm } from '../ui/form-state'
import { type FlashKey, flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { parseWebhookForm, webhookValues } from './webhook-form'
import type { CallPage } from './webhook-log'
import { WebhookPage } from './webhook-page'
import { WebhooksPage } from './webhooks-page'

const CALLS_A_PAGE = 50

export const webhookSettings = new Hono<AccountEnv>()

const admins = requireRole('admin')
const path = routes.webhook(':id')

webhookSettings.get(routes.webhookSettings, admins, (c) => listPage(c, newForm(c)))

webhookSettings.post(routes.webhookSettings, admins, async (c) => {
  const { deps, signedIn, t } = c.var
  const typed = await readForm(c)
  const form = parseWebhookForm(typed, t, deps.config.WEBHOOK_PRIVATE_TARGETS)
  if (!form.ok) return listPage(c, form, 422)
  const asked = await freshSignIn(c, { typed, back: routes.webhookSettings })
  if (asked) return asked
  const { accountId, userId: actor } = signedIn
  const id = formId(c, 'whe', typed.id)
  const made = { ...form.value, accountId, actor, id, test: typed.mode === 'test' }
  const secret = await createEndpoint(deps, made)
  if (!secret.ok) return listPage(c, { values: typed, errors: { '': refusalText(t, secret) } }, 409)
  return showPage(c, await theEndpoint(c, id), { secret: secret.value })
})

webhookSettings.get(path, admins, async (c) => showPage(c, await theEndpoint(c, c.req.param('id'))))

webhookSettings.post(path, admins, async (c) => {
  const { deps, t } = c.var
  const endpoint = await theEndpoint(c, c.req.param('id'))
  const typed = await readForm(c)
  const form = parseWebhookForm(typed, t, deps.config.WEBHOOK_PRIVATE_TARGETS)
  if (!form.ok) return showPage(c, endpoint, { form, status: 422 })
  // Another address diverts events, as a new endpoint does.
  const asked = form.value.url !== endpoint.url && (await freshSignIn(c, { typed, back: routes.webhook(endpoint.id) }))
  if (asked) return asked
  return done(c, await changeEndpoint(deps, actorOf(c), form.value), 'notice.saved')
})

webhookSettings.post(routes.webhookActivation(':id'), admins, async (c) => {
  const enabled = (await readForm(c)).enabled === 'on'
  const changed = await changeEndpoint(c.var.deps, actorOf(c), { enabled })
  return done(c, changed, enabled ? 'notice.webhook_switched_on' : 'notice.webhook_switched_off')
})

webhookSettings.post(routes.webhookSecrets(':id'), admins, async (c) => {
  const endpoint = await theEndpoint(c, c.req.param('id'))
  const typed = await readForm(c)
  const asked = await freshSignIn(c, { typed, back: routes.webhook(endpoint.id) })
  if (asked) return asked
  const seen = typed.seen ? Number(typed.seen) : null
  const secret = await rotateSecret(c.var.deps, { ...actorOf(c), seen })
  if (!secret.ok) throw new HTTPException(404)
  return showPage(c, await theEndpoint(c, endpoint.id), { secret: secret.value })
})

webhookSettings.post(routes.webhookTests(':id'), admins, async (c) =>
  done(c, await testEndpoint(c.var.deps, refOf(c)), 'notice.webhook_test_queued'),
)

webhookSettings.post(routes.webhookRepeats(':id', ':eventId'), admins, async (c) => {
  const { accountId, id: endpointId } = refOf(c)
  const repeated = await repeatCall(c.var.deps, { accountId, endpointId, eventId: c.req.param('eventId') })
  return done(c, repeated, 'notice.webhook_repeated')
})

webhookSettings.post(routes.webhookRemoval(':id'), admins, async (c) => {
  const removed = await removeEndpoint(c.var.deps, actorOf(c))
  return done(c, removed, 'notice.webhook_removed', routes.webhookSettings)
})

const refOf = (c: Context<AccountEnv>) => ({ accountId: c.var.signedIn.accountId, id: c.req.param('id') ?? '' })
const actorOf = (c: Context<AccountEnv>) => ({ ...refOf(c), actor: c.var.signedIn.userId })

async function theEndpoint(c: Context<AccountEnv>, id: string): Promise<WebhookEndpoint> {
  const endpoint = await findEndpoint(c.var.deps.db, { accountId: c.var.signedIn.accountId, id })
  if (!endpoint) throw new HTTPException(404)
  return endpoint
}

/** Redirects to the endpoint's page with a notice of what was done or refused. */
function done(
  c: Context<AccountEnv>,
  result: Result<unknown, 'not_found' | 'endpoint_disabled'>,
  notice: FlashKey,
  to: string = routes.webhook(refOf(c).id),
): Response {
  if (!result.ok && result.reason === 'not_found') throw new HTTPException(404)
  flash(c, result.ok ? notice : 'refusal.endpoint_disabled')
  return c.redirect(to, 303)
}

/** Returns a form that asks for all events. */
const newForm = (c: Context<AccountEnv>): FormState => ({
  values: {
    ...webhookValues({ url: '', description: '', events: [...OUTGOING_EVENTS] }),
    mode: c.var.signedIn.testMode ? 'test' : 'live',
  },
  errors: {},
})

async function listPage(
  c: Context<AccountEnv>,
  { values, errors }: FormState,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const { deps, signedIn, t } = c.var
  const endpoints = await listEndpoints(deps.db, signedIn.accountId)
  const form = { values: { ...values, id: formId(c, 'whe', values.id) }, errors }
  const options = { title: t('settings.webhooks'), section: 'settings', status } as const
  return page(c, options, <WebhooksPage endpoints={endpoints} form={form} />)
}

async function showPage(
  c: Context<AccountEnv>,
  endpoint: WebhookEndpoint,
  { form, secret, status = 200 }: { form?: FormState; secret?: string; status?: 200 | 422 } = {},
): Promise<Response> {
  const calls = await callsOf(c, endpoint)
  const props = { endpoint, secret, calls, form: form ?? { values: webhookValues(endpoint), errors: {} } }
  const options = { title: c.var.t('settings.webhooks'), section: 'settings', status } as const
  return page(c, { ...options, scripts: ['copy.js'] }, <WebhookPage {...props} />)
}

async function callsOf(c: Context<AccountEnv>, endpoint: WebhookEndpoint): Promise<CallPage> {
  const before = c.req.query('before')
  const found = await listCalls(c.var.deps.db, endpoint, { before, limit: CALLS_A_PAGE + 1 })
  const shown = found.slice(0, CALLS_A_PAGE)
  const last = found.length > CALLS_A_PAGE ? shown.at(-1) : undefined
  const path = routes.webhook(endpoint.id)
  return {
    shown,
    first: before === undefined ? undefined : path,
    next: last && `${path}?before=${last.event.id}`,
  }
}
