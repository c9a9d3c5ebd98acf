/** Translates fields and values of the audit list, with the labels of the forms that change them. */
import { isApiScope } from '../../domain/api-key'
import type { AuditAction } from '../../domain/audit'
import { isRole } from '../../domain/role'
import { isSuppressionReason } from '../../domain/suppression'
import { isTextKind } from '../../domain/translation'
import type { Key, Language, Translate } from '../../i18n'
import { countryName, formatMonth, formatUnits, languageName } from '../../i18n/format'
import { ALL_LABELS } from '../../i18n/labels'
import { COMPANY_FIELDS } from './company-form'

const FIELDS: Record<string, Key> = {
  ...COMPANY_FIELDS,
  currency: 'settings.currency',
  language: 'settings.language',
  timeZone: 'settings.time_zone',
  paymentTermsDays: 'settings.payment_terms',
  taxRates: 'settings.taxes',
  defaultTaxRateId: 'settings.tax_default',
  batchWindowMs: 'settings.batch_window',
  attachPdf: 'settings.attach_pdf',
  autosend: 'settings.autosend',
  'copiesTo.invoice': 'settings.copies.invoice',
  'copiesTo.receipt': 'settings.copies.receipt',
  'copiesTo.credit_note': 'settings.copies.credit_note',
  'automaticTax.rate': 'stripe.tax.label',
  'automaticTax.category': 'settings.tax_category',
  'stripe.liveSecret': 'stripe.liveSecret',
  'stripe.testSecret': 'stripe.testSecret',
  'stripe.liveKey': 'stripe.liveKey',
  'stripe.testKey': 'stripe.testKey',
  linkExpiryMonths: 'settings.link_expiry',
  'numberPatterns.invoice': 'settings.number_pattern',
  'numberPatterns.receipt': 'settings.number_pattern',
  'numberPatterns.credit_note': 'settings.number_pattern',
  'retention.mailMonths': 'settings.retention.mails',
  'retention.eventDays': 'settings.retention.events',
  'retention.documentYears': 'settings.retention.documents',
  'retention.financialYearEnd': 'settings.retention.financial_year',
  address: 'sender.address',
  role: 'people.role',
  suppression: 'suppressions.reason',
  dailyQuota: 'quota.title',
  invoice: 'document.kind.invoice',
  subject: 'send.subject',
  body: 'send.body',
  copyOf: 'translations.add.copy',
  apiScopes: 'api.scopes',
  apiMode: 'api.mode',
  webhookUrl: 'audit.field.webhook_url',
}

/** Returns the current name of a field: old entries say `keeping` for `retention`. */
const currentName = (field: string): string => field.replace(/^keeping\./, 'retention.')

/** Returns the label of a field, or the field's name when it has no label. */
export function auditField(stored: string, t: Translate): string {
  const field = currentName(stored)
  if ((ALL_LABELS as readonly string[]).includes(field)) return t(field as Key)
  const key = FIELDS[field] ?? FIELDS[field.split('.').at(-1) ?? '']
  if (!key && isTextKind(field)) return t(`translations.kind.${field}`)
  return key ? t(key) : field
}

export function auditValue(stored: string, value: string, t: Translate, language: Language): string {
  const field = currentName(stored)
  if (value === 'true') return t('audit.on')
  if (value === 'false') return t('audit.off')
  if (field === 'role' && isRole(value)) return t(`role.${value}`)
  if (field === 'language' || field === 'copyOf') return languageName(value, language)
  if (field === 'apiMode' && (value === 'live' || value === 'test')) return t(`api.mode.${value}`)
  if (field === 'apiScopes')
    return value
      .split(', ')
      .map((scope) => (isApiScope(scope) ? t(`api.scope.${scope}`) : scope))
      .join(', ')
  if (field === 'suppression' && isSuppressionReason(value)) return t(`suppression_reason.${value}`)
  if (field === 'address.country') return countryName(value, language)
  if (field === 'batchWindowMs') return formatUnits(Number(value) / 1000, 'second', language)
  if (field === 'linkExpiryMonths') return formatUnits(Number(value), 'month', language)
  if (field === 'retention.mailMonths') return value && formatUnits(Number(value), 'month', language)
  if (field === 'retention.eventDays') return value && formatUnits(Number(value), 'day', language)
  if (field === 'retention.documentYears') return value && formatUnits(Number(value), 'year', language)
  if (field === 'retention.financialYearEnd') return value && formatMonth(Number(value), language)
  return value
}

/** Returns the text of an entry's subject, which some actions store as a code. */
export function auditSubject(action: AuditAction, subject: string, t: Translate, language: Language): string {
  if (action === 'language_added' || action === 'language_deleted' || action === 'labels_saved')
    return languageName(subject, language)
  if (action !== 'translation_saved' && action !== 'translation_reset') return subject
  const [tag = '', kind = ''] = subject.split(' ')
  return `${languageName(tag, language)} – ${isTextKind(kind) ? t(`translations.kind.${kind}`) : kind}`
}
