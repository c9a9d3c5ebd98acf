/** Lists likely causes why a customer did not get a mail, in the order in which to check them. */
import type { DeliveryStatus } from './delivery'

export interface KnownDelivery {
  status: DeliveryStatus
  reason: string | null
  serverText: string | null
  attempt: number
  /** The recipient has opened the document's page or downloaded the PDF from it. */
  opened: boolean
  /** A mail of this account has arrived at this address before, as far as the deliveries that were searched show. */
  reached: boolean
}

/** Causes; `why.<cause>` in the locales is the text of each. */
export const CAUSES = [
  'opened',
  'spam_folder',
  'filter',
  'other_mailbox',
  'taken_on',
  'waiting',
  'retrying',
  'delayed',
  'never_valid',
  'no_longer_valid',
  'mailbox_full',
  'policy',
  'given_up',
  'unsubscribed',
  'suppressed',
  'by_provider',
  'marked_spam',
  'our_side',
  'no_answer',
  'taken_back',
] as const
export type Cause = (typeof CAUSES)[number]

/** What to do next: `resend` opens the Send page with this address, `fix` means the actions of the delivery's problem. */
export type FittingStep = 'wait' | 'resend' | 'fix'

export interface Diagnosis {
  causes: Cause[]
  step: FittingStep
}

export function diagnose(known: KnownDelivery): Diagnosis {
  const { status, opened } = known
  switch (status) {
    case 'delivered':
      return {
        causes: [...(opened ? (['opened'] as const) : []), 'spam_folder', 'filter', 'other_mailbox'],
        step: 'resend',
      }
    case 'sent':
      return { causes: ['taken_on', 'spam_folder'], step: 'resend' }
    case 'deferred':
      return { causes: ['delayed'], step: 'wait' }
    case 'queued':
    case 'dispatched':
    case 'sending':
      return { causes: [known.attempt > 0 && status === 'queued' ? 'retrying' : 'waiting'], step: 'wait' }
    case 'cancelled':
      return { causes: ['taken_back'], step: 'resend' }
    case 'complained':
      return { causes: ['marked_spam'], step: 'fix' }
    case 'failed':
      return { causes: ['our_side'], step: 'fix' }
    case 'unknown':
      return { causes: ['no_answer', 'spam_folder'], step: 'fix' }
    case 'bounced':
      return { causes: [invalidCause(known)], step: 'fix' }
    case 'soft_bounced':
      return { causes: softCauses(known), step: 'fix' }
    case 'dropped':
      return { causes: dropCauses(known), step: 'fix' }
  }
}

const invalidCause = ({ reached }: KnownDelivery): Cause => (reached ? 'no_longer_valid' : 'never_valid')

/** Returns the causes of a soft bounce, from the reason or the server's enhanced status code (RFC 3463). */
function softCauses(known: KnownDelivery): Cause[] {
  const { reason, serverText, reached } = known
  const text = serverText ?? ''
  if (reason === 'mailbox_full' || /\b[45]\.2\.2\b/.test(text)) return ['mailbox_full']
  if (reason === 'refused_by_policy' || reason === 'message_refused' || /\b[45]\.7\.\d/.test(text)) return ['policy']
  return reached ? ['given_up'] : ['given_up', 'never_valid']
}

function dropCauses(known: KnownDelivery): Cause[] {
  if (known.reason === 'unsubscribed') return ['unsubscribed']
  if (known.reason === 'complaint') return ['marked_spam']
  if (known.reason === 'provider_suppression') return ['by_provider']
  return known.reason === 'hard_bounce' ? [invalidCause(known)] : ['suppressed']
}
