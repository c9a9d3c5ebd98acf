/** Chooses icon, label and colour for the status of a delivery. */
import type { DocumentDelivery } from '../../db/document-sends'
import { mailStateOf } from '../../domain/delivery'
import type { Key } from '../../i18n'
import { MAIL_STATE_LOOKS, type Tone } from './badge'
import type { IconName } from './icon-names'

export interface DisplayedStatus {
  label: Key
  icon: IconName
  tone: Tone
}

export type DeliveryState = Pick<DocumentDelivery, 'status' | 'attempt' | 'dueAt' | 'overdueSince' | 'reason'>

/** Returns whether a mail that should have left is held up: its provider is paused, or its queue message was lost. */
export const isHeld = ({ status, overdueSince }: Pick<DocumentDelivery, 'status' | 'overdueSince'>): boolean =>
  overdueSince !== null && (status === 'queued' || status === 'dispatched')

/** Returns whether a mail waits because its account's bulk and automatic mails rest. */
export const isResting = ({ status, reason }: Pick<DocumentDelivery, 'status' | 'reason'>): boolean =>
  status === 'queued' && reason === 'sending_rests'

export function displayStatus(
  { status, attempt, dueAt, overdueSince, reason }: DeliveryState,
  scheduledFor: number | null,
  now: number,
): DisplayedStatus {
  if (isHeld({ status, overdueSince })) return { label: 'delivery_status.held', icon: 'clock', tone: 'warn' }
  if (isResting({ status, reason })) return { label: 'delivery_status.resting', icon: 'clock', tone: 'warn' }
  if (status === 'queued') {
    if (attempt > 0) return { label: 'delivery_status.retrying', icon: 'rotate-ccw', tone: 'warn' }
    const later = scheduledFor !== null && (dueAt ?? 0) > now
    return { label: later ? 'delivery_status.scheduled' : 'delivery_status.queued', icon: 'clock', tone: 'idle' }
  }
  if (status === 'cancelled') return { label: 'delivery_status.cancelled', icon: 'undo-2', tone: 'idle' }
  return { label: `delivery_status.${status}`, ...MAIL_STATE_LOOKS[mailStateOf([status])] }
}
