/** Serves the Stripe settings: webhook URL, secrets, tax of automatic documents, and received events. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { pick, saveSettings } from '../../commands/accounts/save-settings'
import { connectStripe } from '../../commands/stripe/connect-stripe'
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
import { StripeEventsPage } from './stripe-events'
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
  if (!form.ok) return stripePage(c, form, 422)
  const asked = await freshSignIn(c, { typed, back: routes.stripeSettings })
  if (asked) return asked
  const given = Object.fromEntries(Object.entries(form.value).filter(([, secret]) => secret !== ''))
  await saveStripeSecrets(c.var.deps, by(c), given)
  flash(c, 'notice.saved')
  return c.redirect(routes.stripeSettings, 303)
})

/** Saves one select without a conflict check: the last save wins. */
stripeSettings.post(routes.stripeTax, changes, async (c) => {
  const { automaticTax = '' } = await readForm(c)
  const { settings } = c.var.signedIn
  const chosen = settings.taxRates.find(({ category, rate }) => taxOption(category, rate) === automaticTax)
  const tag = await tagOf(pick(settings, ['automaticTax']))
  const tax = chosen ? { category: chosen.category, rate: chosen.rate } : null
  await saveSettings(c.var.deps, { ...by(c), tag, changes: { automaticTax: tax } })
  flash(c, 'notice.saved')
  return c.redirect(routes.stripeSettings, 303)
})

stripeSettings.get(routes.stripeEvents, async (c) => {
  const before = Number(c.req.query('before')) || undefined
  const query = { limit: EVENTS_A_PAGE, ...(before !== undefined && { before }) }
  const events = await listStripeEvents(c.var.deps.db, c.var.signedIn.accountId, query)
  const last = events.length === EVENTS_A_PAGE ? events.at(-1) : undefined
  const next = last && `${routes.stripeEvents}?before=${last.receivedAt}`
  const title = c.var.t('stripe.all_events')
  return page(c, { title, section: 'settings' }, <StripeEventsPage events={events} next={next} />)
})

stripeSettings.post(routes.stripeReplay(':id'), changes, async (c) => {
  const replayed = await replayStripeEvent(c.var.deps, c.var.signedIn.accountId, c.req.param('id'))
  if (!replayed.ok) throw new HTTPException(404)
  flash(c, replayed.value.state === 'unmapped' ? 'problem.stripe_still_unmapped' : 'notice.stripe_replayed')
  return c.redirect(routes.stripeSettings, 303)
})

const by = (c: Context<AccountEnv>) => ({ accountId: c.var.signedIn.accountId, actor: c.var.signedIn.userId })

async function stripePage(c: Context<AccountEnv>, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { deps, signedIn, t } = c.var
  const { accountId, settings } = signedIn
  const [connection, unmapped] = await Promise.all([
    findStripeConnection(deps.db, accountId),
    listStripeEvents(deps.db, accountId, { state: 'unmapped', limit: UNMAPPED_SHOWN }),
  ])
  const { automaticTax, taxRates } = settings
  const tax = {
    chosen: automaticTax ? taxOption(automaticTax.category, automaticTax.rate) : '',
    options: taxRates.map(({ category, rate, name }) => ({ value: taxOption(category, rate), label: name })),
  }
  const webhookUrl = connection ? deps.config.APP_URL + routes.stripeWebhook(connection.hook) : ''
  const content = <StripePage {...{ connection, webhookUrl, form, tax, unmapped }} />
  return page(c, { title: t('settings.stripe'), section: 'settings', status }, content)
}
