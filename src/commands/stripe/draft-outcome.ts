import type { EventOutcome } from '../../db/stripe'
import type { AutomaticallyIssued } from '../sends/issue-automatic'

/** Returns the outcome of an event whose document is still a draft: it is listed with everything that must change. */
export const draftOutcome = (
  { reason, problems = [] }: Extract<AutomaticallyIssued, { ok: false }>,
  documentId: string,
): EventOutcome => ({
  ...{ state: 'unmapped', reason },
  // Content that no form accepts was not saved as a draft either.
  ...(reason !== 'content_invalid' && { targetId: documentId }),
  ...(problems.length > 0 && { problems }),
})
