/** Fills the Send form. */
import { addressKey } from '../../domain/email-addresses'
import { chooseLanguage, languageChain } from '../../domain/languages'
import { type FoundTranslation, translationFor } from '../../mail/translation'
import type { FormState, FormValues } from '../ui/form-state'
import { customersOf, type SendContext } from './send-context'

/** Query parameters of the Send page: `to` ticks only this address, `instead` ticks all but this one, which failed. */
export interface RequestedRecipients {
  to?: string | undefined
  instead?: string | undefined
}

/**
 * Returns the form of a new send, with the contact's addresses for the first send and those of the last send afterwards.
 * Suppressed addresses are not ticked, since a mail to them would be dropped.
 */
export function newSendForm(context: SendContext, sendId: string, requested: RequestedRecipients): FormState {
  const { contact, snapshot, settings, lastSend, document } = context
  const language = chooseLanguage(settings, lastSend?.language || contact?.language || snapshot.language)
  const { subject, body } = textIn(context, language)
  const { ticked, extra } = recipientsOf(context, requested)
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

function recipientsOf({ document, offered, lastSend, contact }: SendContext, { to, instead }: RequestedRecipients) {
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
  // A test goes to the person who sends it if none of the usual addresses may get it.
  const first = offered.find(({ suppressedBy }) => suppressedBy === undefined)
  return { ticked: first ? [first.address] : [], extra: '' }
}

/** Returns the keys of the ticked addresses. */
export const tickedOf = (values: FormValues): Set<string> =>
  new Set(
    Object.entries(values)
      .filter(([name]) => /^to\.\d+$/.test(name))
      .map(([, address]) => addressKey(address)),
  )

/** Replaces subject and body by those of the chosen language, unless the person has changed them. */
export function loadText(
  values: FormValues,
  context: TextContext,
  parsed: { language: string; subject: string | null; body: string | null },
): FormValues {
  const translation = textIn(context, parsed.language)
  return {
    ...values,
    textLanguage: parsed.language,
    subject: parsed.subject ?? translation.subject,
    body: parsed.body ?? translation.body,
  }
}

export type TextContext = Pick<SendContext, 'settings' | 'mailKind' | 'accountTexts'>

/** Returns the account's subject and body in this language. */
export const textIn = ({ settings, mailKind, accountTexts }: TextContext, language: string): FoundTranslation =>
  translationFor(mailKind, languageChain(settings, language), accountTexts.texts)
