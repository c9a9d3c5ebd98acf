import type { LoadedSnapshot } from '../../../commands/documents/load-snapshot'
import type { FinaliseRefusal } from '../../../commands/documents/prepare-finalise'
import type { StripeEvent } from '../../../db/stripe'
import type { FormState } from '../../ui/form-state'
import type { LiveActivity } from './activity'

/** Props of the page of one document. */
export interface ShowProps {
  loaded: LoadedSnapshot
  /** Sends, deliveries and history of the document. */
  activity: LiveActivity
  /** The Stripe event that is listed for this draft. */
  heldBack: StripeEvent | undefined
  /** Reason why it could not be finalised. */
  refusal?: FinaliseRefusal | undefined
  /** Id of the next copy. */
  copyId: string
  /** Id of the credit note that voids it. */
  creditId: string
  /** Values and errors of the form that marks it as paid. */
  paymentForm: FormState
  /** Id of the next attachment. */
  attachmentId: string
  /** Values and errors of the form that attaches a file. */
  attachmentForm: FormState
}
