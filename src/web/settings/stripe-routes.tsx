/** Serves the Stripe settings: webhook URL, secrets, tax of automatic documents, and received events. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { pick, saveSettings } from '../../commands/accounts/save-settings'
import { connectStripe } from '../../commands/stripe/connect-stripe'
import { creditDispute } from '../../commands/stripe/credit-dispute'
import { disconnectStripe } from '../../commands/stripe/disconnect-stripe'
import { replayStripeEvent } from '../../commands/stripe/replay-stripe-event'
import { saveStripeSecrets } from '../../commands/stripe/save-stripe-secrets'
import { tagOf } from '../../commands/tag'
import { findStripeConnection, listStripeEvents } from '../../db/stripe'
import { taxOption } from '../../domain/typed-content'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { freshSignIn } from '../sign-in/fresh-sign-in'
import { emptyForm, type FormState, parseForm, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { type EventPage, StripeEventsPage } from './stripe-events'
import { StripeForm } from './stripe-form'
import { StripePage } from './stripe-page'

const EVENTS_A_PAGE = 50
const UNMAPPED_SHOWN = 20

export const stripeSettings = new Hono<AccountEnv>()

const changes = requireRole('admin')

stripeSettings.get(routes.stripeSettings, (c) => stripePage(c, emptyForm))

stripeSettings.post(routes.stripeConnection, changes, async (c) => {
  await connectStripe(c.var.deps, by(c))
  return c.redirect(routes.stripeSettings, 303)
})

stripeSettings.post(routes.stripeDisconnection, changes, async (c) => {
  const asked = await freshSignIn(c, { typed: await readForm(c), back: routes.stripeSettings })
  if (asked) return asked
  await disconnectStripe(c.var.deps, by(c))
  flash(c, 'notice.stripe_disconnected')
  return c.redirect(routes.stripeSettings, 303)
})

stripeSettings.post(routes.stripeSettings, changes, async (c) => {
  const typed = await readForm(c)
  const form = parseForm(StripeForm, typed, c.var.t)
  if (!form.ok) return stripePage(c, form, { status: 422 })
  const asked = await freshSignIn(c, { typed, back: routes.stripeSettings })
  if (asked) return asked
  const given = Object.fromEntries(Object.entries(form.value).filter(([, secret]) => secret !== ''))
  await saveStripeSecrets(c.var.deps, by(c), given)
  flash(c, 'notice.saved')
  return c.redirect(routes.stripeSettings, 303)
})

stripeSettings.post(routes.stripeTax, changes, async (c) => {
  const { automaticTax = '', tag = '' } = await readForm(c)
  const again = (error: string, status: 409 | 422) =>
    stripePage(c, emptyForm, { status, tax: { values: { automaticTax }, errors: { automaticTax: error } } })
  const chosen = c.var.signedIn.settings.taxRates.find((one) => taxOption(one.category, one.rate) === automaticTax)
  if (automaticTax !== '' && !chosen) return again(c.var.t('field.invalid'), 422)
  const tax = chosen ? { category: chosen.category, rate: chosen.rate } : null
  const saved = await saveSettings(c.var.deps, { ...by(c), tag, changes: { automaticTax: tax } })
  if (!saved.ok && saved.reason === 'stale') return again(c.var.t('stripe.tax.stale'), 409)
  if (!saved.ok && saved.reason === 'busy') return again(c.var.t('refusal.busy'), 409)
  if (!saved.ok) throw new HTTPException(404)
  flash(c, 'notice.saved')
  return c.redirect(routes.stripeSettings, 303)
})

stripeSettings.get(routes.stripeEvents, async (c) => {
  const shown = await eventPage(c, { path: routes.stripeEvents, limit: EVENTS_A_PAGE })
  return page(c, { title: c.var.t('stripe.all_events'), section: 'settings' }, <StripeEventsPage {...shown} />)
})

stripeSettings.post(routes.stripeCreditNotes(':id'), requireRole('member'), async (c) => {
  const done = await creditDispute(c.var.deps, { ...by(c), eventId: c.req.param('id') })
  if (done.ok) {
    flash(c, done.value.isFinal ? 'notice.dispute_credited' : 'problem.void_incomplete')
    return c.redirect(routes.document(done.value.id), 303)
  }
  if (done.reason === 'not_found') throw new HTTPException(404)
  flash(c, `problem.${done.reason}`)
  return c.redirect(routes.stripeSettings, 303)
})

stripeSettings.post(routes.stripeReplay(':id'), changes, async (c) => {
  const replayed = await replayStripeEvent(c.var.deps, c.var.signedIn.accountId, c.req.param('id'))
  if (!replayed.ok) throw new HTTPException(404)
  flash(c, replayed.value.state === 'unmapped' ? 'problem.stripe_still_unmapped' : 'notice.stripe_replayed')
  return c.redirect(routes.stripeSettings, 303)
})

const by = (c: Context<AccountEnv>) => ({ accountId: c.var.signedIn.accountId, actor: c.var.signedIn.userId })

/** Returns a page of events; `?before=` names the last event of the page before. */
async function eventPage(
  c: Context<AccountEnv>,
  { path, state, limit }: { path: string; state?: 'unmapped'; limit: number },
): Promise<EventPage> {
  const [, receivedAt, id] = /^(\d{1,15})\.(.{1,300})$/.exec(c.req.query('before') ?? '') ?? []
  const before = receivedAt && id ? { receivedAt: Number(receivedAt), id } : undefined
  const found = await listStripeEvents(c.var.deps.db, c.var.signedIn.accountId, {
    ...(state && { state }),
    before,
    limit: limit + 1,
  })
  const events = found.slice(0, limit)
  const last = found.length > limit ? events.at(-1) : undefined
  const next = last && `${path}?${new URLSearchParams({ before: `${last.receivedAt}.${last.id}` })}`
  return { events, first: before && path, next }
}

interface StripePageOptions {
  status?: 200 | 409 | 422
  /** What was typed as the tax of automatic documents, and what is wrong with it. */
  tax?: FormState
}

async function stripePage(
  c: Context<AccountEnv>,
  form: FormState,
  { status = 200, tax = emptyForm }: StripePageOptions = {},
): Promise<Response> {
  const { deps, signedIn, t } = c.var
  const { accountId, settings } = signedIn
  const [connection, unmapped, tag] = await Promise.all([
    findStripeConnection(deps.db, accountId),
    eventPage(c, { path: routes.stripeSettings, state: 'unmapped', limit: UNMAPPED_SHOWN }),
    tagOf(pick(settings, ['automaticTax'])),
  ])
  const { automaticTax, taxRates } = settings
  const saved = automaticTax ? taxOption(automaticTax.category, automaticTax.rate) : ''
  const taxField = {
    form: { values: { automaticTax: saved, ...tax.values, tag }, errors: tax.errors },
    options: taxRates.map(({ category, rate, name }) => ({ value: taxOption(category, rate), label: name })),
  }
  const webhookUrl = connection ? deps.config.APP_URL + routes.stripeWebhook(connection.hook) : ''
  const content = <StripePage {...{ connection, webhookUrl, form, unmapped }} tax={taxField} />
  return page(c, { title: t('settings.stripe'), section: 'settings', status }, content)
}
