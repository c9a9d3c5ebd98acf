import { TAX_CATEGORIES } from '../../domain/tax-category'
import { MAX_TAX_RATES } from '../../domain/tax-rates'
import { categoriesFor, reasonsOf } from '../../domain/tax-reasons'
import { routes } from '../../routes'
import { Conflict } from '../ui/conflict'
import { ForAdmins } from '../ui/for-admins'
import { ErrorSummary, Field, Select } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { SaveBar, SettingsTopic } from './settings-page'
import type { TopicProps } from './topic'

export const TaxPage = ({ form, tag, conflict }: TopicProps) => {
  const { t } = useFrame()
  const rows = rowIndexes(form)
  return (
    <SettingsTopic title="settings.taxes">
      <p class="muted">{t('settings.taxes.hint')}</p>
      {conflict.length > 0 && <Conflict differences={conflict} />}
      <ErrorSummary form={form} />
      <ForAdmins>
        <form class="card form" method="post" action={routes.taxSettings} novalidate>
          <button type="submit" class="visually-hidden" tabindex={-1}>
            {t('form.save_changes')}
          </button>
          <ul class="rows" id="tax-rates">
            {rows.map((index) => (
              <TaxRateRow form={form} index={index} removable={rows.length > 1} />
            ))}
          </ul>
          {rows.length < MAX_TAX_RATES && (
            <div>
              <button type="submit" name="add" value="row">
                <Icon name="plus" />
                {t('settings.tax_add')}
              </button>
            </div>
          )}
          <SaveBar tag={tag} />
        </form>
      </ForAdmins>
    </SettingsTopic>
  )
}

/** Returns the indexes of the rows in a form whose fields are `taxRates.0.name`, `taxRates.1.name` … */
const rowIndexes = ({ values }: FormState): number[] =>
  Object.keys(values).flatMap((name) => {
    const index = /^taxRates\.(\d+)\.id$/.exec(name)?.[1]
    return index === undefined ? [] : [Number(index)]
  })

/** Asks for the reason why new documents have no tax. Shows nothing if there is only one. */
const ReasonSelect = ({ form, name, category }: { form: FormState; name: string; category: string | undefined }) => {
  const { t } = useFrame()
  const reasons = category === 'E' || category === 'O' ? reasonsOf(category) : []
  if (reasons.length < 2) return null
  const options = reasons.map((value) => ({ value, label: t(`tax_reason_name.${value}`) }))
  return <Select form={form} name={name} label={t('settings.tax_reason')} options={options} class="tax-reason" />
}

const TaxRateRow = ({ form, index, removable }: { form: FormState; index: number; removable: boolean }) => {
  const { t, signedIn } = useFrame()
  const name = (field: string) => `taxRates.${index}.${field}`
  const id = form.values[name('id')] ?? ''
  const current = form.values[name('category')]
  const offered = signedIn ? categoriesFor(signedIn.company) : TAX_CATEGORIES
  return (
    <li class="tax-row">
      <input type="hidden" name={name('id')} value={id} />
      <Field form={form} name={name('name')} label={t('settings.tax_name')} maxlength={60} />
      <Field form={form} name={name('rate')} label={t('settings.tax_rate')} inputmode="decimal" numeric />
      <Select
        form={form}
        name={name('category')}
        label={t('settings.tax_category')}
        options={TAX_CATEGORIES.filter((value) => value === current || offered.includes(value)).map((value) => ({
          value,
          label: t(`tax_category.${value}`),
        }))}
      />
      <ReasonSelect form={form} name={name('reason')} category={form.values[name('category')]} />
      <label class="tax-default">
        <input type="radio" name="defaultTaxRateId" value={id} checked={id === form.values.defaultTaxRateId} />
        {t('settings.tax_default')}
      </label>
      {removable && (
        <button type="submit" name="remove" value={id} class="quiet icon-only" title={t('settings.tax_remove')}>
          <Icon name="trash-2" />
          <span class="visually-hidden">
            {t('settings.tax_remove')} {form.values[name('name')]}
          </span>
        </button>
      )}
    </li>
  )
}
