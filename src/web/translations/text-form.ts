/** The editor's form between requests. */
import { cleanLine, cleanText } from '../../domain/text'
import type { TextKind, Translation } from '../../domain/translation'
import type { Translate } from '../../i18n'
import { checkTranslation, type TranslationProblem } from '../../mail/check-translation'
import type { FormState, FormValues } from '../ui/form-state'
import { problemText } from '../ui/send-refusal'
import type { RequiredText } from './require-language'

export const loadedForm = ({ text, version }: RequiredText, { document = '' }: FormValues): FormState => ({
  values: { subject: text.subject, body: text.body, version: String(version), document },
  errors: {},
})

/** As they are stored, so that lines and columns are those of what stands in the fields. */
export const cleanTexts = (values: FormValues): FormValues => ({
  ...values,
  ...(values.subject !== undefined && { subject: cleanLine(values.subject) }),
  ...(values.body !== undefined && { body: cleanText(values.body) }),
})

/** Fields that this person can't change are not sent: the text that holds. */
export const textsOf = ({ subject, body }: FormValues, { text }: RequiredText): Translation => ({
  subject: subject ?? text.subject,
  body: body ?? text.body,
})

export const versionOf = ({ version = '' }: FormValues): number => (/^\d{1,9}$/.test(version) ? Number(version) : 0)

/** The first of each field; the others stand with it, beside their lines. */
export function problemErrors(problems: TranslationProblem[], t: Translate): FormState['errors'] {
  const errors: FormState['errors'] = {}
  for (const problem of problems) errors[problem.field] ??= problemText(t, problem)
  return errors
}

/** What is wrong with the text of a form, if anything was typed. */
export const problemsOf = ({ subject, body }: FormValues, kind: TextKind): TranslationProblem[] =>
  subject === undefined || body === undefined ? [] : checkTranslation({ subject, body }, kind)
