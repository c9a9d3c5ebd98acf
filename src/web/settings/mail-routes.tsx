import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { resumeSending } from '../../commands/accounts/resume-sending'
import { pick } from '../../commands/accounts/save-settings'
import { loadQuota } from '../../commands/sends/quota'
import { BATCH_WINDOWS_MS, LINK_EXPIRY_MONTHS } from '../../domain/account-defaults'
import { DOCUMENT_KINDS } from '../../domain/document'
import { quotaZone } from '../../domain/quota'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { emailAddress, oneOf } from '../ui/fields'
import { checkbox, flatten, parseForm, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { MailPage } from './mail-page'
import { QuotaCard } from './quota-card'
import { saveTopic, showTopic, type Topic } from './topic'

const KEYS = ['autosend', 'batchWindowMs', 'attachPdf', 'copiesTo', 'linkExpiryMonths'] as const

const NO_COPIES = { invoice: '', receipt: '', credit_note: '' }

const oneOfNumbers = (known: readonly number[]) =>
  v.pipe(
    oneOf((value) => known.map(String).includes(value)),
    v.transform(Number),
  )

/** Parses the address of a copy; empty = no copy. */
const copyAddress = v.optional(v.union([v.pipe(v.string(), v.trim(), v.literal('')), emailAddress()]), '')

const MailForm = v.object({
  autosend: checkbox(),
  copiesTo: v.optional(v.object({ invoice: copyAddress, receipt: copyAddress, credit_note: copyAddress }), {}),
  batchWindowMs: oneOfNumbers(BATCH_WINDOWS_MS),
  attachPdf: checkbox(),
  linkExpiryMonths: oneOfNumbers(LINK_EXPIRY_MONTHS),
})

async function quotaOf(c: Context<AccountEnv>) {
  const { deps, signedIn } = c.var
  const { accountId, settings } = signedIn
  const { timeZone } = settings
  const quota = await loadQuota(deps, {
    accountId,
    leavesAt: deps.now(),
    timeZone: quotaZone(signedIn),
    test: signedIn.testMode,
  })
  return <QuotaCard quota={quota} accountId={accountId} timeZone={timeZone} />
}

const topic: Topic<(typeof KEYS)[number]> = {
  path: routes.mailSettings,
  title: 'settings.mail',
  keys: KEYS,
  values: (settings) =>
    flatten({ autosend: false, ...pick(settings, KEYS), copiesTo: { ...NO_COPIES, ...settings.copiesTo } }),
  parse: (typed, t) => parseForm(MailForm, typed, t),
  labels: (_, t) => [
    ['autosend', t('settings.autosend')],
    ['batchWindowMs', t('settings.batch_window')],
    ['attachPdf', t('settings.attach_pdf')],
    ...DOCUMENT_KINDS.map((kind): [string, string] => [`copiesTo.${kind}`, t(`settings.copies.${kind}`)]),
    ['linkExpiryMonths', t('settings.link_expiry')],
  ],
  more: quotaOf,
  Page: MailPage,
}

export const mailSettings = new Hono<AccountEnv>()
mailSettings.get(topic.path, (c) => showTopic(c, topic))
mailSettings.post(routes.sendingResumption, requireRole('owner'), async (c) => {
  const { accountId, userId: actor } = c.var.signedIn
  await resumeSending(c.var.deps, { accountId, actor })
  flash(c, 'notice.sending_resumed')
  return c.redirect(routes.problems, 303)
})
mailSettings.post(topic.path, requireRole('admin'), async (c) => saveTopic(c, topic, await readForm(c)))
