import { type Context, Hono } from 'hono'
import { parseTaxRates, type TypedTaxRate, typeTaxRates } from '../../domain/tax-rates'
import type { Translate } from '../../i18n'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { type FormValues, flatten, readForm, unflatten } from '../ui/form-state'
import { refusalText } from '../ui/refusal-text'
import { TaxPage } from './tax-page'
import { saveTopic, showTopic, type Topic } from './topic'

const KEYS = ['taxRates', 'defaultTaxRateId'] as const

const topic: Topic<(typeof KEYS)[number]> = {
  path: routes.taxSettings,
  title: 'settings.taxes',
  keys: KEYS,
  values: ({ taxRates, defaultTaxRateId }, language) =>
    flatten({ taxRates: typeTaxRates(taxRates, language), defaultTaxRateId }),
  parse(typed, t, language) {
    const parsed = parseTaxRates(rowsOf(typed), typed.defaultTaxRateId ?? '', language)
    if (parsed.ok) return parsed
    const errors = Object.entries(parsed.problems).map(([field, problem]) => [field, refusalText(t, problem)])
    return { ok: false, values: typed, errors: Object.fromEntries(errors) }
  },
  labels: (typed, t) => rowsOf(typed).flatMap((_, index) => labelsOf(index, t)),
  Page: TaxPage,
}

export const taxSettings = new Hono<AccountEnv>()

taxSettings.get(topic.path, (c) => showTopic(c, topic))

/** Saves the rates. The buttons that add and remove rows post the form too, and show it again without saving. */
taxSettings.post(topic.path, requireRole('admin'), async (c) => {
  const typed = await readForm(c)
  const rows = rearranged(c, rowsOf(typed), typed)
  if (!rows) return saveTopic(c, topic, withRows(typed, rowsOf(typed)))
  return showTopic(c, topic, { values: withRows(typed, rows), errors: {} }, 200, typed.tag)
})

function rearranged(
  c: Context<AccountEnv>,
  rows: TypedTaxRate[],
  { add, remove }: FormValues,
): TypedTaxRate[] | undefined {
  if (add) return [...rows, { id: c.var.deps.newId('tax'), name: '', rate: '', category: 'S', reason: '' }]
  if (remove) return rows.filter(({ id }) => id !== remove)
  return undefined
}

function rowsOf(typed: FormValues): TypedTaxRate[] {
  const { taxRates } = unflatten(typed)
  if (!Array.isArray(taxRates)) return []
  return taxRates.map((row) => {
    const text = (name: keyof TypedTaxRate) =>
      typeof row === 'object' && typeof row[name] === 'string' ? row[name] : ''
    return {
      id: text('id'),
      name: text('name'),
      rate: text('rate'),
      category: text('category'),
      reason: text('reason'),
    }
  })
}

const withRows = (typed: FormValues, taxRates: TypedTaxRate[]): FormValues =>
  flatten({ taxRates, defaultTaxRateId: typed.defaultTaxRateId ?? '', tag: typed.tag ?? '' })

const labelsOf = (index: number, t: Translate): [string, string][] => [
  [`taxRates.${index}.name`, t('settings.tax_name')],
  [`taxRates.${index}.rate`, t('settings.tax_rate')],
  [`taxRates.${index}.category`, t('settings.tax_category')],
]
