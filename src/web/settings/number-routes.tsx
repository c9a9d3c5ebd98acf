import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { setNextNumber } from '../../commands/documents/set-next-number'
import { findSeries, type SeriesState, seriesName } from '../../db/series'
import { dateIn } from '../../domain/calendar'
import type { AccountSettings } from '../../domain/company'
import { DOCUMENT_KINDS, type DocumentKind } from '../../domain/document'
import { formatNumber, numberFormat, parseNumberPattern } from '../../domain/number-pattern'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { parsedBy } from '../ui/fields'
import { type FormValues, parseForm, readForm, requiredLine } from '../ui/form-state'
import { fragment } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { NumberExample, NumberPage } from './number-page'
import { saveTopic, showTopic, type Topic, type TopicProps } from './topic'

type ByKind<T> = Record<DocumentKind, T>

function numberForm(country: string) {
  const series = v.object({
    pattern: v.pipe(
      requiredLine(200),
      parsedBy((text) => parseNumberPattern(text, country)),
    ),
  })
  return v.object({ invoice: series, receipt: series, credit_note: series })
}

/** Describes the page of numbers. It depends on the request, since counters are not part of the settings. */
function topicOf(c: Context<AccountEnv>, series: ByKind<SeriesState>): Topic<'numberPatterns'> {
  return {
    path: routes.numberSettings,
    title: 'settings.numbers',
    keys: ['numberPatterns'],
    values: ({ numberPatterns }) =>
      Object.fromEntries(
        DOCUMENT_KINDS.flatMap((kind) => [
          [`${kind}.pattern`, numberPatterns[kind]],
          [`${kind}.next`, String(series[kind].next)],
        ]),
      ),
    parse(typed, t) {
      const form = parseForm(numberForm(countryOf(c)), typed, t)
      if (!form.ok) return form
      return { ok: true, value: { numberPatterns: byKind((kind) => form.value[kind].pattern) } }
    },
    saveMore: (typed) => saveNext(c, typed),
    labels: (_, t) =>
      DOCUMENT_KINDS.map((kind) => [
        `${kind}.pattern`,
        `${t(`documents.tab.${kind}`)} · ${t('settings.number_pattern')}`,
      ]),
    Page: (props: TopicProps) => (
      <NumberPage
        {...props}
        started={byKind((kind) => series[kind].lastIssueDate !== '')}
        examples={byKind((kind) => exampleOf(c, kind, props.form.values))}
      />
    ),
  }
}

export const numberSettings = new Hono<AccountEnv>()

numberSettings.get(routes.numberSettings, async (c) =>
  showTopic(c, topicOf(c, await seriesOf(c, c.var.signedIn.settings))),
)

numberSettings.post(routes.numberSettings, requireRole('admin'), async (c) =>
  saveTopic(c, topicOf(c, await seriesOf(c, c.var.signedIn.settings)), await readForm(c)),
)

/** Responds with an example of the next number while a person types. */
numberSettings.get(routes.numberExample, (c) => {
  const values = c.req.query()
  const kind = DOCUMENT_KINDS.find((one) => one === values.kind) ?? 'invoice'
  return fragment(c, <NumberExample text={exampleOf(c, kind, values)} />)
})

/** Saves the counters, and returns errors by field. The field of a series that has begun is absent. */
async function saveNext(c: Context<AccountEnv>, typed: FormValues): Promise<Record<string, string>> {
  const errors: Record<string, string> = {}
  for (const kind of DOCUMENT_KINDS) {
    const text = typed[`${kind}.next`]
    if (text === undefined) continue
    const next = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN
    const { accountId, userId: actor } = c.var.signedIn
    const set = await setNextNumber(c.var.deps, { accountId, actor, kind, next })
    if (!set.ok) errors[`${kind}.next`] = refusalText(c.var.t, set)
  }
  return errors
}

async function seriesOf(c: Context<AccountEnv>, { numberPatterns }: AccountSettings): Promise<ByKind<SeriesState>> {
  const { accountId } = c.var.signedIn
  const states = await Promise.all(
    DOCUMENT_KINDS.map(async (kind) => {
      const { period } = numberFormat(numberPatterns[kind], today(c))
      return [kind, await findSeries(c.var.deps.db, { accountId, name: seriesName(kind, false), period })] as const
    }),
  )
  return Object.fromEntries(states) as ByKind<SeriesState>
}

function exampleOf(c: Context<AccountEnv>, kind: DocumentKind, values: FormValues): string {
  const parsed = parseNumberPattern(values[`${kind}.pattern`] ?? '', countryOf(c))
  if (!parsed.ok) return ''
  return formatNumber(numberFormat(parsed.value, today(c)), Number.parseInt(values[`${kind}.next`] ?? '1', 10) || 1)
}

const byKind = <T,>(make: (kind: DocumentKind) => T): ByKind<T> =>
  Object.fromEntries(DOCUMENT_KINDS.map((kind) => [kind, make(kind)])) as ByKind<T>

const today = (c: Context<AccountEnv>): string => dateIn(c.var.deps.now(), c.var.signedIn.settings.timeZone)

const countryOf = (c: Context<AccountEnv>): string => c.var.signedIn.company.address.country
