/** The Send form as it opens. */
import { addressKey } from '../../domain/email-addresses'
import { languageFor } from '../../i18n'
import { builtInTranslation } from '../../mail/translation'
import type { FormState, FormValues } from '../ui/form-state'
import { customersOf, type SendContext } from './send-context'

/** `to` = this address only (again); `instead` = everybody but this one, which did not work. */
export interface Wanted {
  to?: string | undefined
  instead?: string | undefined
}

/**
 * Filled in for the first send with the contact's addresses, later with those of the last one. Suppressed addresses start unticked: a
 * mail to them would be dropped.
 */
export function newSendForm(context: SendContext, sendId: string, wanted: Wanted): FormState {
  const { contact, paper, settings, lastSend, document } = context
  const language = languageFor(lastSend?.language || contact?.language || paper.language || settings.language)
  const { subject, body } = builtInTranslation(document.kind, language)
  const { ticked, extra } = recipientsOf(context, wanted)
  const values: FormValues = {
    sendId,
    version: String(document.version),
    extra,
    language,
    textLanguage: language,
    subject,
    body,
    when: 'next',
    at: '',
    attachPdf: (lastSend?.attachPdf ?? settings.attachPdf) ? 'on' : '',
    ...Object.fromEntries(ticked.map((address, index) => [`to.${index}`, address])),
  }
  return { values, errors: {} }
}

function recipientsOf({ offered, lastSend, contact }: SendContext, { to, instead }: Wanted) {
  if (to !== undefined) {
    const known = offered.filter(({ address }) => addressKey(address) === addressKey(to))
    return { ticked: known.map(({ address }) => address), extra: known.length > 0 ? '' : to }
  }
  const usual = new Set((lastSend ? customersOf(lastSend) : (contact?.emails ?? [])).map(addressKey))
  const ticked = offered.filter(
    ({ address, suppressedBy }) =>
      usual.has(addressKey(address)) &&
      suppressedBy === undefined &&
      (instead === undefined || addressKey(address) !== addressKey(instead)),
  )
  return { ticked: ticked.map(({ address }) => address), extra: '' }
}

/** Which addresses are ticked, by key. */
export const tickedOf = (values: FormValues): Set<string> =>
  new Set(
    Object.entries(values)
      .filter(([name]) => /^to\.\d+$/.test(name))
      .map(([, address]) => addressKey(address)),
  )

/** The same form with the subject and body of its language, where they had not been changed. */
export function loadText(
  values: FormValues,
  kind: SendContext['document']['kind'],
  parsed: { subject: string | null; body: string | null },
): FormValues {
  const language = languageFor(values.language)
  const own = builtInTranslation(kind, language)
  return {
    ...values,
    textLanguage: language,
    subject: parsed.subject ?? own.subject,
    body: parsed.body ?? own.body,
  }
}
