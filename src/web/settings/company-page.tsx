import type { Company } from '../../domain/company'
import { type SellerGap, sellerGaps } from '../../domain/readiness'
import { routes } from '../../routes'
import { Conflict, type Difference } from '../ui/conflict'
import { ForAdmins } from '../ui/for-admins'
import { ErrorSummary, Field, fieldId, Select, TextArea } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Notice } from '../ui/notice'
import { countryOptions, noChoice } from '../ui/options'
import { COMPANY_FIELDS } from './company-form'
import { ReplyAddress, ReplyAddressForm, type ReplyState } from './reply-address'
import { SaveBar, SettingsTopic } from './settings-page'

interface Props {
  form: FormState
  tag: string
  /** The saved company. */
  company: Company
  reply: ReplyState
  conflict: Difference[]
  labels: Record<string, string>
}

export const CompanyPage = ({ form, tag, company, reply, conflict, labels }: Props) => (
  <SettingsTopic title="settings.company">
    {conflict.length > 0 && <Conflict differences={conflict} />}
    <ErrorSummary form={form} labels={labels} />
    {Object.keys(form.errors).length === 0 && <Missing company={company} reply={reply} />}
    <ForAdmins>
      <form class="card form" method="post" action={routes.companySettings} novalidate>
        <Names form={form} />
        <PostalAddress form={form} />
        <Registration form={form} />
        <Reachable form={form} company={company} reply={reply} />
        <Payment form={form} />
        <SmallPrint form={form} />
        <SaveBar tag={tag} />
      </form>
      <ReplyAddressForm />
    </ForAdmins>
  </SettingsTopic>
)

const FIELD_OF: Record<SellerGap, string> = {
  seller_name: 'legalName',
  seller_address: 'lines',
  seller_country: 'country',
  seller_tax_id: 'vatId',
  seller_email: 'email',
}

/** Lists the gaps that prevent sending, each with a link to its field. */
const Missing = ({ company, reply }: { company: Company; reply: ReplyState }) => {
  const { t } = useFrame()
  const gaps = sellerGaps(company)
  const unconfirmed = reply === 'waiting' || reply === 'unconfirmed'
  if (gaps.length === 0 && !unconfirmed) return null
  return (
    <Notice tone="warn">
      <h2>{t('company.missing.title')}</h2>
      <ul>
        {gaps.map((gap) => (
          <li>
            <a href={`#${fieldId(FIELD_OF[gap])}`}>{t(`missing.${gap}`)}</a>
          </li>
        ))}
        {unconfirmed && (
          <li>
            <a href="#reply-address">{t('company.missing.confirmation')}</a>
          </li>
        )}
      </ul>
    </Notice>
  )
}

/** Returns a function that builds the props of each field of the form: its name and label. */
function useCompanyFields(form: FormState) {
  const { t } = useFrame()
  return (name: keyof typeof COMPANY_FIELDS) => ({ form, name, label: t(COMPANY_FIELDS[name]) })
}

const Names = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  const named = useCompanyFields(form)
  return (
    <fieldset class="form-group">
      <legend>{t('company.names')}</legend>
      <Field {...named('legalName')} hint={t('company.legal_name.hint')} autocomplete="organization" required />
      <Field {...named('tradingName')} hint={t('company.trading_name.hint')} optional />
      <Field {...named('legalForm')} hint={t('company.legal_form.hint')} optional />
    </fieldset>
  )
}

const PostalAddress = ({ form }: { form: FormState }) => {
  const { t, language } = useFrame()
  const named = useCompanyFields(form)
  return (
    <fieldset class="form-group">
      <legend>{t('address.title')}</legend>
      <TextArea {...named('lines')} hint={t('company.lines.hint')} rows={2} />
      <div class="field-row">
        <Field {...named('postcode')} autocomplete="postal-code" />
        <Field {...named('town')} autocomplete="address-level2" class="wide" />
      </div>
      <div class="field-row">
        <Field {...named('region')} autocomplete="address-level1" optional />
        <Select {...named('country')} options={[noChoice, ...countryOptions(language)]} autocomplete="country" />
      </div>
    </fieldset>
  )
}

const Registration = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  const named = useCompanyFields(form)
  return (
    <fieldset class="form-group">
      <legend>{t('company.registration')}</legend>
      <p class="hint">{t('company.registration.hint')}</p>
      <div class="field-row">
        <Field {...named('vatId')} hint={t('company.vat_id.hint')} spellcheck={false} />
        <Field {...named('taxNumber')} hint={t('company.tax_number.hint')} spellcheck={false} />
      </div>
      <div class="field-row">
        <Field {...named('register')} hint={t('company.register.hint')} optional />
        <Field {...named('registerNumber')} spellcheck={false} optional />
      </div>
    </fieldset>
  )
}

const Reachable = ({ form, company, reply }: { form: FormState; company: Company; reply: ReplyState }) => {
  const { t } = useFrame()
  const named = useCompanyFields(form)
  return (
    <fieldset class="form-group">
      <legend>{t('company.reachable')}</legend>
      <div class="stack tight">
        <Field
          {...named('email')}
          hint={t('company.email.hint')}
          type="email"
          autocomplete="email"
          spellcheck={false}
        />
        <ReplyAddress email={company.email} state={reply} />
      </div>
      <div class="field-row">
        <Field {...named('phone')} type="tel" autocomplete="tel" optional />
        <Field {...named('website')} inputmode="url" autocomplete="url" spellcheck={false} optional />
      </div>
    </fieldset>
  )
}

const Payment = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  const named = useCompanyFields(form)
  return (
    <fieldset class="form-group">
      <legend>{t('company.payment')}</legend>
      <p class="hint">{t('company.payment.hint')}</p>
      <div class="field-row">
        <Field {...named('iban')} class="wide" spellcheck={false} optional />
        <Field {...named('bic')} spellcheck={false} optional />
      </div>
      <TextArea {...named('paymentNote')} hint={t('company.payment_note.hint')} rows={2} optional />
    </fieldset>
  )
}

const SmallPrint = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  const named = useCompanyFields(form)
  return (
    <fieldset class="form-group">
      <legend>{t('company.small_print')}</legend>
      <TextArea {...named('legalNote')} hint={t('company.legal_note.hint')} rows={2} optional />
      <TextArea {...named('footer')} hint={t('company.footer.hint')} rows={2} optional />
    </fieldset>
  )
}
