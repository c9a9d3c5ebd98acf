/**
 * Builds the part of a security notice below its text: what happened and when, what to do if it was another person,
 * and the page for it.
 */
import type { Language, Translate } from '../i18n'
import { deviceText } from '../i18n/device'
import { formatTime } from '../i18n/format'
import type { SecurityNotice, SensitiveChange } from './notice'
import type { NoticeFrame } from './notice-content'
import { noticeValue } from './notice-value'
import { oneLine } from './variables'

/**
 * Returns the frame of a security notice.
 * @param language of the frame
 */
export function securityFrame(t: Translate, notice: SecurityNotice, language: Language): NoticeFrame {
  const { kind, at, timeZone, link } = notice
  const company = notice.kind === 'company_changed' ? noticeValue(notice.company) : ''
  const when = `${formatTime(at, language, timeZone)} (${timeZone.replaceAll('_', ' ')})`
  const note = t(`mail.notice.${kind}.not_you`)
  return {
    preheader: note,
    sender: 'Facteur',
    facts: [...factsOf(t, notice), { label: t('mail.security.when'), value: when }],
    notes: [note],
    action: { label: t(`mail.notice.${kind}.action`), href: link },
    footer: { lines: [t(`mail.notice.${kind}.why`, { company })] },
  }
}

function factsOf(t: Translate, notice: SecurityNotice) {
  switch (notice.kind) {
    case 'new_device':
      return [{ label: t('mail.security.device'), value: deviceText(t, notice.device) }]
    case 'new_passkey':
      return [{ label: t('mail.security.passkey'), value: noticeValue(notice.name) || t('passkeys.unnamed') }]
    case 'company_changed':
      return notice.changes.map((change) => ({ label: t(FIELDS[change.field]), value: changed(change) }))
  }
}

const FIELDS = {
  iban: 'company.iban',
  bic: 'company.bic',
  paymentNote: 'company.payment_note',
  email: 'company.email',
} as const

/** Returns the values as they were typed: an owner must be able to compare an address letter by letter. */
const changed = ({ from, to }: SensitiveChange): string => `${oneLine(from) || '–'} → ${oneLine(to) || '–'}`
