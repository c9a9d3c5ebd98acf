/** Names what a document lacks before it can be finalised, by the fields of the API. */
import type { DocumentGap, Gap } from '../../domain/document-readiness'
import type { Refused } from '../../domain/result'
import { translator } from '../../i18n'
import { type FieldError, Problem } from '../problem'
import { refusalDetail, refusalProblem } from '../refusal'

const english = translator('en')

/** What no field mends has none. */
const POINTERS: Record<DocumentGap, string> = {
  ...{ seller_vat_id: '', contact: '/contact_id', contact_name: '/contact_id', contact_address: '/contact_id' },
  ...{ contact_vat_id: '/contact_id', contact_other_state: '/contact_id', tax_intra_community: '/lines' },
  ...{ lines: '/lines', line_descriptions: '/lines', tax_rate_zero: '/lines', tax_mixed: '/lines' },
  ...{ total_negative: '/lines', credit_amount: '/lines', credit_exceeds: '/lines', content: '' },
  ...{ issue_date_ahead: '/issue_date', issue_date_old: '/issue_date', supply_date_far: '/supply_from' },
  ...{ due_date_early: '/due_date', due_date_late: '/due_date', paid_date_ahead: '/paid_on' },
  paid_date_early: '/paid_on',
}

const pointerOf = (gap: Gap): string => (gap in POINTERS ? POINTERS[gap as DocumentGap] : '')

/** Returns the problem of a refused finalisation. Its errors name all that is missing; what the account lacks has no pointer. */
export function finaliseProblem(refused: Refused & { missing?: Gap[] }): Problem {
  const { reason, missing = [] } = refused
  if (missing.length === 0) return refusalProblem(refused)
  const errors = missing.map((gap): FieldError => {
    const pointer = pointerOf(gap)
    return { ...(pointer && { pointer }), code: gap, detail: `It takes ${english(`missing.${gap}`)}.` }
  })
  return new Problem('conflict', { reason, detail: refusalDetail(refused), errors })
}
