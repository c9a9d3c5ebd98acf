import type { EventOutcome } from '../../db/stripe'
import type { AutomaticallyIssued } from '../sends/issue-automatic'

/** What becomes of an event whose document is not final: it is listed, with everything that must change first. */
export const keptBackBy = (
  { reason, problems = [] }: Extract<AutomaticallyIssued, { ok: false }>,
  documentId: string,
): EventOutcome => ({
  ...{ state: 'unmapped', reason },
  // What no form would take was not kept as a draft either.
  ...(reason !== 'content_invalid' && { targetId: documentId }),
  ...(problems.length > 0 && { problems }),
})
