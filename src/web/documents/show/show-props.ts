import type { LoadedSnapshot } from '../../../commands/documents/load-snapshot'
import type { FinaliseRefusal } from '../../../commands/documents/prepare-finalise'
import type { StripeEvent } from '../../../db/stripe'
import type { FormState } from '../../ui/form-state'
import type { LiveActivity } from './activity'

/** Props of the page of one document. */
export interface ShowProps {
  loaded: LoadedSnapshot
  /** Its sends, deliveries and history. */
  activity: LiveActivity
  /** The event of Stripe's that is listed for this draft. */
  heldBack: StripeEvent | undefined
  /** Why it was not finalised just now. */
  refusal?: FinaliseRefusal | undefined
  /** Id for its copy. */
  copyId: string
  /** Id for the credit note that voids it. */
  creditId: string
  /** Id for the next attachment. */
  attachmentId: string
  /** Values and errors of the form that attaches a file. */
  attachmentForm: FormState
}
