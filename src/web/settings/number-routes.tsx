import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { setNextNumber } from '../../commands/set-next-number'
import { findSeries, type SeriesState, seriesName } from '../../db/series'
import { dateIn } from '../../domain/calendar'
import type { AccountSettings } from '../../domain/company'
import { formatNumber, numberFormat, parseNumberPattern } from '../../domain/number-pattern'
import { routes } from '../../routes'
import type { AppEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { ruled } from '../ui/fields'
import { type FormValues, parseForm, readForm, requiredLine } from '../ui/form-state'
import { fragment } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { NumberExample, NumberPage } from './number-page'
import { saveTopic, showTopic, type Topic, type TopicProps } from './topic'

const NumberForm = v.object({ pattern: v.pipe(requiredLine(200), ruled(parseNumberPattern)) })

/** The counter of invoices issued today; it lives beside the settings, so the page is made per request. */
function topicOf(c: Context<AppEnv>, series: SeriesState): Topic<'numberPatterns'> {
  const { settings } = c.var.signedIn
  return {
    path: routes.numberSettings,
    title: 'settings.numbers',
    keys: ['numberPatterns'],
    values: ({ numberPatterns }) => ({ pattern: numberPatterns.invoice, next: String(series.next) }),
    parse(typed, t) {
      const form = parseForm(NumberForm, typed, t)
      if (!form.ok) return form
      return { ok: true, value: { numberPatterns: { ...settings.numberPatterns, invoice: form.value.pattern } } }
    },
    saveMore: (typed) => saveNext(c, typed.next),
    labels: (_, t) => [['pattern', t('settings.number_pattern')]],
    Page: (props: TopicProps) => (
      <NumberPage {...props} started={series.lastIssueDate !== ''} example={exampleOf(c, props.form.values)} />
    ),
  }
}

export const numberSettings = new Hono<AppEnv>()

numberSettings.get(routes.numberSettings, async (c) =>
  showTopic(c, topicOf(c, await seriesOf(c, c.var.signedIn.settings))),
)

numberSettings.post(routes.numberSettings, requireRole('admin'), async (c) =>
  saveTopic(c, topicOf(c, await seriesOf(c, c.var.signedIn.settings)), await readForm(c)),
)

/** For htmx, while somebody types. */
numberSettings.get(routes.numberExample, (c) => fragment(c, <NumberExample text={exampleOf(c, c.req.query())} />))

/** The field is absent once the series has begun. */
async function saveNext(c: Context<AppEnv>, typed: string | undefined): Promise<Record<string, string>> {
  if (typed === undefined) return {}
  const next = /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : Number.NaN
  const { deps, signedIn, t } = c.var
  const set = await setNextNumber(deps, {
    accountId: signedIn.accountId,
    actor: signedIn.userId,
    kind: 'invoice',
    next,
  })
  return set.ok ? {} : { next: refusalText(t, set) }
}

function seriesOf(c: Context<AppEnv>, { numberPatterns }: AccountSettings): Promise<SeriesState> {
  const { period } = numberFormat(numberPatterns.invoice, today(c))
  return findSeries(c.var.deps.db, { accountId: c.var.signedIn.accountId, name: seriesName('invoice', false), period })
}

function exampleOf(c: Context<AppEnv>, { pattern = '', next = '1' }: FormValues): string {
  const parsed = parseNumberPattern(pattern)
  if (!parsed.ok) return ''
  return formatNumber(numberFormat(parsed.value, today(c)), Number.parseInt(next, 10) || 1)
}

const today = (c: Context<AppEnv>): string => dateIn(c.var.deps.now(), c.var.signedIn.settings.timeZone)
