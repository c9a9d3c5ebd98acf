/** The Send form as it opens. */
import { addressKey } from '../../domain/email-addresses'
import { chooseLanguage, languageChain } from '../../domain/languages'
import { type FoundTranslation, translationFor } from '../../mail/translation'
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
  const { contact, snapshot, settings, lastSend, document } = context
  const language = chooseLanguage(settings, lastSend?.language || contact?.language || snapshot.language)
  const { subject, body } = textIn(context, language)
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
    ...Object.fromEntries((document.attachments ?? []).map(({ id }, index) => [`attachments.${index}`, id])),
    ...Object.fromEntries(ticked.map((address, index) => [`to.${index}`, address])),
  }
  return { values, errors: {} }
}

function recipientsOf({ document, offered, lastSend, contact }: SendContext, { to, instead }: Wanted) {
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
  const chosen = ticked.map(({ address }) => address)
  if (!document.test || chosen.length > 0) return { ticked: chosen, extra: '' }
  // A test goes to whoever makes it, where none of the usual addresses may get it.
  const first = offered.find(({ suppressedBy }) => suppressedBy === undefined)
  return { ticked: first ? [first.address] : [], extra: '' }
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
  context: TextContext,
  parsed: { language: string; subject: string | null; body: string | null },
): FormValues {
  const own = textIn(context, parsed.language)
  return {
    ...values,
    textLanguage: parsed.language,
    subject: parsed.subject ?? own.subject,
    body: parsed.body ?? own.body,
  }
}

export type TextContext = Pick<SendContext, 'settings' | 'mailKind' | 'own'>

/** What a mail in this language says when nothing is changed for this send. */
export const textIn = ({ settings, mailKind, own }: TextContext, language: string): FoundTranslation =>
  translationFor(mailKind, languageChain(settings, language), own.texts)
