/** Turns the refusals of commands into problems, with the text that pages show for them. */

import type { Refused, Result } from '../domain/result'
import { translator } from '../i18n'
import { isReasonKey, reasonKeys } from '../i18n/refusal'
import { type FieldError, Problem } from './problem'

const english = translator('en')

export const refusalDetail = ({ reason, details }: Refused): string => {
  const key = reasonKeys(reason).find(isReasonKey)
  return key ? english(key, details) : reason
}

/** Returns the value of a command's result; throws the problem of its refusal. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw refusalProblem(result)
}

export function refusalProblem(refused: Refused): Problem {
  if (refused.reason === 'not_found') return new Problem('not_found')
  return new Problem('conflict', { reason: refused.reason, detail: refusalDetail(refused) })
}

/** Returns the problem of a refusal that concerns one field. */
export const fieldProblem = (pointer: string, refused: Refused): Problem => invalid([fieldError(pointer, refused)])

export const fieldError = (pointer: string, refused: Refused): FieldError => ({
  pointer,
  code: refused.reason,
  detail: refusalDetail(refused),
})

export const invalid = (errors: FieldError[]): Problem => new Problem('invalid', { errors })
