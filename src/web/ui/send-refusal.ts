/** Shows refusals of a send at the fields of its form. */

import type { SendRefusal } from '../../commands/sends/send-document'
import type { Refused } from '../../domain/result'
import type { Language, Translate } from '../../i18n'
import { formatBytes, formatTime } from '../../i18n/format'
import { problemText } from '../../i18n/text-problem'
import type { FormState } from './form-state'
import { refusalText } from './refusal-text'

/** Returns a refusal as errors by field name; '' is the form as a whole. */
export function refusalErrors(refusal: SendRefusal, t: Translate, times: Times): FormState['errors'] {
  const { reason, details = {} } = refusal
  if (reason === 'translation_problem') {
    const { field, line, column, problem, detail } = details
    return { [String(field)]: problemText(t, { reason: String(problem), line, column, detail }) }
  }
  if (refusal.reason === 'incomplete')
    return { '': t('send.missing.text', { missing: refusal.missing.map((gap) => t(`missing.${gap}`)).join(', ') }) }
  if (reason === 'stale' || reason === 'already_final') return { '': t(`send.refused.${reason}`) }
  return { [fieldOf(reason)]: refusalText(t, withTimes(refusal, times)) }
}

export interface Times {
  language: Language
  timeZone: string
}

/** Returns a refusal with the moment or size in its details formatted. */
export function withTimes({ reason, details = {} }: Refused, { language, timeZone }: Times): Refused {
  const { resetsAt, bytes } = details
  if (bytes !== undefined)
    return { ok: false, reason, details: { ...details, size: formatBytes(Number(bytes), language) } }
  if (resetsAt === undefined) return { ok: false, reason, details }
  return { ok: false, reason, details: { ...details, time: formatTime(Number(resetsAt), language, timeZone) } }
}

const fieldOf = (reason: string): string =>
  /^(email_|no_recipients|too_many_recipients|test_recipients)/.test(reason)
    ? 'to'
    : /^schedule_/.test(reason)
      ? 'at'
      : reason === 'mail_too_large'
        ? 'attachments'
        : ''

/** Returns 409 for a stale form, 422 for what the person can fix. */
export const refusalStatus = ({ reason }: SendRefusal): 409 | 422 =>
  ['stale', 'already_final', 'number_taken'].includes(reason) ? 409 : 422
