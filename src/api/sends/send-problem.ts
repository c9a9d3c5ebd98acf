/** Names why a document can't be sent: by a field of the request where one is wrong, else by the state that forbids it. */
import type { SendRefusal } from '../../commands/sends/send-document'
import { translator } from '../../i18n'
import { formatBytes } from '../../i18n/format'
import { problemText } from '../../i18n/text-problem'
import { isoTime } from '../fields'
import { type FieldError, Problem } from '../problem'
import { fieldProblem, invalid, refusalDetail, refusalProblem } from '../refusal'

const english = translator('en')

export function sendProblem(refused: SendRefusal): Problem {
  const { reason, details = {} } = refused
  if (refused.reason === 'incomplete') {
    const errors = refused.missing.map(
      (gap): FieldError => ({ code: gap, detail: `It takes ${english(`missing.${gap}`)}.` }),
    )
    return new Problem('conflict', { reason, detail: refusalDetail(refused), errors })
  }
  if (reason === 'translation_problem') {
    const { field, problem = '', ...place } = details
    const detail = problemText(english, { reason: String(problem), ...place })
    return invalid([{ pointer: `/${field}`, code: `text_${problem}`, detail }])
  }
  if (/^(email_|too_many_recipients|no_recipients)/.test(reason)) return fieldProblem('/to', refused)
  if (/^schedule_/.test(reason)) return fieldProblem('/send_at', refused)
  if (reason === 'mail_too_large')
    return refusalProblem({
      ok: false,
      reason,
      details: { ...details, size: formatBytes(Number(details.bytes), 'en') },
    })
  if (reason === 'quota_reached')
    return refusalProblem({ ok: false, reason, details: { ...details, time: isoTime(Number(details.resetsAt)) } })
  return refusalProblem(refused)
}
