import type { LoadedSnapshot } from '../../../commands/documents/load-snapshot'
import type { FinaliseRefusal } from '../../../commands/documents/prepare-finalise'
import type { StripeEvent } from '../../../db/stripe'
import type { FormState } from '../../ui/form-state'
import type { LiveActivity } from './activity'

/** What the page of one document shows. */
export interface ShowProps {
  loaded: LoadedSnapshot
  /** What became of it and its mails. */
  activity: LiveActivity
  /** The event of Stripe's that is listed for this draft. */
  heldBack: StripeEvent | undefined
  /** Why it was not finalised just now. */
  refusal?: FinaliseRefusal | undefined
  /** For the form that copies it. */
  copyId: string
  /** For the form that voids it. */
  creditId: string
  /** For the form that attaches a file, and what is wrong with the last one. */
  attachmentId: string
  attachmentForm: FormState
}
