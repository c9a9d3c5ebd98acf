/** Names what a document lacks before it can be finalised, by the fields of the API. */
import type { DocumentGap, Gap } from '../../domain/document-readiness'
import type { Refused } from '../../domain/result'
import { translator } from '../../i18n'
import { type FieldError, Problem } from '../problem'
import { refusalDetail, refusalProblem } from '../refusal'

const english = translator('en')

const POINTERS: Partial<Record<Gap, string>> = {
  ...{ contact: '/contact_id', contact_name: '/contact_id', contact_address: '/contact_id' },
  ...{ contact_vat_id: '/contact_id', contact_other_state: '/contact_id' },
  ...{ lines: '/lines', line_descriptions: '/lines', tax_intra_community: '/lines', tax_rate_zero: '/lines' },
  ...{ tax_mixed: '/lines', total_negative: '/lines', credit_amount: '/lines', credit_exceeds: '/lines' },
  ...{ issue_date_ahead: '/issue_date', due_date_early: '/due_date', paid_date_ahead: '/paid_on' },
} satisfies Partial<Record<DocumentGap, string>>

/** Returns the problem of a refused finalisation. Its errors name all that is missing; what the account lacks has no pointer. */
export function finaliseProblem(refused: Refused & { missing?: Gap[] }): Problem {
  const { reason, missing = [] } = refused
  if (missing.length === 0) return refusalProblem(refused)
  const errors = missing.map((gap): FieldError => {
    const pointer = POINTERS[gap]
    return { ...(pointer && { pointer }), code: gap, detail: `It takes ${english(`missing.${gap}`)}.` }
  })
  return new Problem('conflict', { reason, detail: refusalDetail(refused), errors })
}
