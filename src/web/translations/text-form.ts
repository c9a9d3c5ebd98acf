/** Reads and fills the form of the text editor. */
import { cleanLine, cleanText } from '../../domain/text'
import type { TextKind, Translation } from '../../domain/translation'
import type { Translate } from '../../i18n'
import { problemText } from '../../i18n/text-problem'
import { checkTranslation, type TranslationProblem } from '../../mail/check-translation'
import type { FormState, FormValues } from '../ui/form-state'
import type { RequiredText } from './require-language'

export const loadedForm = ({ text, version }: RequiredText, { document = '' }: FormValues): FormState => ({
  values: { subject: text.subject, body: text.body, version: String(version), document },
  errors: {},
})

/** Cleans the texts as they are stored, so that the lines and columns of problems match the fields. */
export const cleanTexts = (values: FormValues): FormValues => ({
  ...values,
  ...(values.subject !== undefined && { subject: cleanLine(values.subject) }),
  ...(values.body !== undefined && { body: cleanText(values.body) }),
})

/** Returns the texts of a form. A field that was not sent, since this person can't change it, has the current text. */
export const textsOf = ({ subject, body }: FormValues, { text }: RequiredText): Translation => ({
  subject: subject ?? text.subject,
  body: body ?? text.body,
})

export const versionOf = ({ version = '' }: FormValues): number => (/^\d{1,9}$/.test(version) ? Number(version) : 0)

/** Returns the first problem of each field as its error; `TextProblems` shows all of them by line. */
export function problemErrors(problems: TranslationProblem[], t: Translate): FormState['errors'] {
  const errors: FormState['errors'] = {}
  for (const problem of problems) errors[problem.field] ??= problemText(t, problem)
  return errors
}

/** Returns the problems of a form's text; none if the form has no text. */
export const problemsOf = ({ subject, body }: FormValues, kind: TextKind): TranslationProblem[] =>
  subject === undefined || body === undefined ? [] : checkTranslation({ subject, body }, kind)
