/** Parses the Send form into the input of `sendDocument`. */

import * as v from 'valibot'
import { epochOf } from '../../domain/calendar'
import { addressKey, parseEmailAddresses } from '../../domain/email-addresses'
import { languagesOf } from '../../domain/languages'
import type { SendContent } from '../../domain/send-content'
import { cleanLine, cleanText } from '../../domain/text'
import type { Translate } from '../../i18n'
import { checkbox, type FormState, type FormValues, parseForm, version } from '../ui/form-state'
import { refusalText } from '../ui/refusal-text'
import { type TextContext, textIn } from './new-send'

/** Most addresses of one send beside those of the contact. */
const MAX_EXTRA_ADDRESSES = 3

const typedText = () => v.optional(v.string(), '')

const SendSchema = v.object({
  version: version(),
  /** Ticked addresses. */
  to: v.optional(v.array(v.string()), []),
  /** Other addresses, for this send only. */
  extra: typedText(),
  language: typedText(),
  /** Language of the text that filled the fields. An unchanged text follows the mail's language. */
  textLanguage: typedText(),
  subject: typedText(),
  body: typedText(),
  attachPdf: checkbox(),
  /** Ids of ticked files. */
  attachments: v.optional(v.array(v.string()), []),
  when: v.optional(v.picklist(['next', 'later']), 'next'),
  at: typedText(),
})

export interface ParsedSend extends SendContent {
  version: number
  /** Each mailbox once, in the order of the form. */
  recipients: string[]
  attachments: string[]
}

/** The account's texts, languages and time zone, which do not depend on the form. */
export type SendFormContext = TextContext

/** Contains in `value` all that could be parsed, for a preview, even if there are errors. */
export type ParsedSendForm = { value: ParsedSend } & FormState

/** Parses the form. Without errors it can be sent, unless the document or the account prevents it. */
export function parseSendForm(typed: FormValues, context: SendFormContext, t: Translate): ParsedSendForm | FormState {
  const form = parseForm(SendSchema, typed, t)
  if (!form.ok) return { values: typed, errors: form.errors }
  const { to, extra, language, textLanguage, when, at, ...rest } = form.value
  const languages = languagesOf(context.settings)
  if (!languages.includes(language)) return { values: typed, errors: { language: t('field.invalid') } }
  const others = parseEmailAddresses(extra, MAX_EXTRA_ADDRESSES)
  const scheduledFor = when === 'later' ? epochOf(at, context.settings.timeZone) : null
  const errors: Record<string, string> = {}
  if (others.problems.length > 0) errors.extra = others.problems.map((problem) => refusalText(t, problem)).join(' ')
  if (scheduledFor === undefined) errors.at = t(at === '' ? 'field.required' : 'refusal.date_invalid')
  const shown = textIn(context, textLanguage)
  const value = {
    version: rest.version,
    recipients: distinct([...to, ...others.addresses]),
    language,
    subject: changed(rest.subject, shown.subject, cleanLine),
    body: changed(rest.body, shown.body, cleanText),
    attachPdf: rest.attachPdf,
    attachments: rest.attachments,
    scheduledFor: scheduledFor ?? null,
  }
  return { value, values: typed, errors }
}

const distinct = (addresses: string[]): string[] => [
  ...new Map(addresses.map((address) => [addressKey(address), address])).values(),
]

function changed(typed: string, shown: string, clean: (text: string) => string): string | null {
  return clean(typed) === clean(shown) ? null : clean(typed)
}
