/** The account's own From address, the DNS records that it needs, and its keys. */
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { checkSender } from '../../commands/providers/check-sender'
import { removeOldKey, removeSender } from '../../commands/providers/remove-sender'
import { addSenderKey, saveSender } from '../../commands/providers/save-sender'
import { meterNotice } from '../../commands/sends/meter-notice'
import { listProviderConnections } from '../../db/provider-connections'
import { findSenderDomain, isDomainTaken, listSenderKeys } from '../../db/sender-domains'
import { parseEmailAddress } from '../../domain/email-addresses'
import { senderAddress } from '../../mail/compose'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { type FormState, parseForm, readForm, requiredLine } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { SenderPage } from './sender-page'

export const senderSettings = new Hono<AccountEnv>()

const changes = requireRole('admin')

senderSettings.get(routes.senderSettings, (c) => show(c))

senderSettings.post(routes.senderSettings, changes, async (c) => {
  const { deps, signedIn, t } = c.var
  const form = parseForm(SENDER_FORM, await readForm(c), t)
  if (!form.ok) return show(c, form, 422)
  const parsed = parseEmailAddress(form.value.address)
  const { accountId, userId: actor } = signedIn
  const saved = parsed.ok ? await saveSender(deps, { accountId, actor, address: parsed.value }) : parsed
  if (!saved.ok) return show(c, { values: form.values, errors: { address: refusalText(t, saved) } }, 422)
  flash(c, 'notice.sender_saved')
  return c.redirect(routes.senderSettings, 303)
})

senderSettings.post(routes.senderChecks, changes, async (c) => {
  const { deps, signedIn } = c.var
  if (await meterNotice(deps, signedIn.accountId, 'sender_check')) flash(c, 'problem.sender_checked_enough')
  else await checkSender(deps, signedIn.accountId)
  return c.redirect(routes.senderSettings, 303)
})

senderSettings.post(routes.senderKeys, changes, async (c) => {
  const { accountId, userId: actor } = c.var.signedIn
  const added = await addSenderKey(c.var.deps, { accountId, actor })
  if (!added.ok && added.reason === 'notice_limit') flash(c, 'problem.sender_checked_enough')
  return c.redirect(routes.senderSettings, 303)
})

senderSettings.post(routes.senderKeyRemoval(':selector'), changes, async (c) => {
  const { accountId, userId: actor } = c.var.signedIn
  await removeOldKey(c.var.deps, { accountId, actor, selector: c.req.param('selector') })
  return c.redirect(routes.senderSettings, 303)
})

senderSettings.post(routes.senderRemoval, changes, async (c) => {
  const { accountId, userId: actor } = c.var.signedIn
  await removeSender(c.var.deps, { accountId, actor })
  flash(c, 'notice.sender_removed')
  return c.redirect(routes.senderSettings, 303)
})

const SENDER_FORM = v.object({ address: requiredLine(254) })

async function show(c: Context<AccountEnv>, typed?: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { deps, signedIn, t } = c.var
  const { db, config } = deps
  const sender = await findSenderDomain(db, signedIn.accountId)
  const [keys, taken, connections] = await Promise.all([
    listSenderKeys(db, signedIn.accountId),
    sender ? isDomainTaken(db, signedIn.accountId, sender.domain) : false,
    listProviderConnections(db, signedIn.accountId),
  ])
  const props = {
    ...{ sender, keys, taken },
    include: config.SPF_INCLUDE,
    hearsBounces: config.BOUNCE_DOMAIN !== '',
    platformAddress: senderAddress(config.MAIL_DOMAIN),
    unsupported: config.provider.kind !== 'smtp',
    providerAddress: connections.find(({ workingAt }) => workingAt !== null)?.settings.from,
    form: typed ?? { values: { address: sender?.address ?? '' }, errors: {} },
  }
  const options = { title: t('settings.sender'), section: 'settings', status } as const
  return page(c, { ...options, scripts: ['copy.js'] }, <SenderPage {...props} />)
}
