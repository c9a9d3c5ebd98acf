/** Builds a document's History from its columns (created, finalised, sent, delivered) and from the history table. */
import type { DocumentDelivery, DocumentSend } from '../../../db/document-sends'
import type { StoredDocument } from '../../../db/documents'
import type { HistoryRow, HistoryType } from '../../../db/history'
import type { Key } from '../../../i18n'
import type { Tone } from '../../ui/badge'
import { isHeld } from '../../ui/delivery-status'
import type { IconName } from '../../ui/icon-names'
import type { TimelineDetails, TimelineEntry } from './timeline-entry'
import { type NameOf, sendEntries, withAddresses } from './timeline-sends'

export interface Activity {
  document: Pick<
    StoredDocument,
    'id' | 'status' | 'number' | 'createdAt' | 'createdBy' | 'finalisedAt' | 'finalisedBy' | 'pdfSha256' | 'snapshot'
  >
  /** Newest first. */
  sends: DocumentSend[]
  /** Oldest first. */
  history: HistoryRow[]
  /** By id of a user or an API key. */
  names: Map<string, string>
  /** Keys of the addresses at which mails to this contact have arrived; absent if no delivery has a problem. */
  reached?: string[]
}

/** Name of the actor of automatic entries. */
const AUTOMATIC_ACTOR = 'Facteur'

/**
 * Returns the entries, newest first.
 * @param unknownName shown for a person whose user was deleted
 * @param deletedAddress shown for an address that was deleted with its contact
 */
export function timelineOf({ sends, ...rest }: Activity, unknownName: string, deletedAddress = ''): TimelineEntry[] {
  // Oldest first, like everything below.
  const activity = { ...rest, sends: sends.map((send) => withAddresses(send, deletedAddress)).reverse() }
  const nameOf = (userId: string | null): string =>
    userId === '' ? AUTOMATIC_ACTOR : (activity.names.get(userId ?? '') ?? unknownName)
  const deliveries = activity.sends.flatMap((send) => send.deliveries)
  const deliveryById = new Map(deliveries.map((delivery) => [delivery.id, delivery]))
  const entries = [
    // Creation comes before other entries of the same moment.
    ...activity.history.filter(isCreation).map((row) => historyEntry(row, nameOf, undefined)),
    ...documentEntries(activity.document, nameOf, activity.history),
    ...activity.sends.flatMap((send) => sendEntries(send, nameOf)),
    ...deliveries.flatMap(heldEntries),
    ...activity.sends.flatMap(restEntries),
    ...deliveries.flatMap(deliveryEntries),
    ...activity.history
      .filter((row) => !isCreation(row))
      .map((row) => historyEntry(row, nameOf, deliveryById.get(row.deliveryId ?? ''))),
  ]
  // Entries of the same moment stay in the order in which they were recorded.
  const orderOf = new Map(
    entries.map((entry) => [entry, entry.after === undefined ? entry.at : Math.max(entry.at, entry.after)]),
  )
  return entries.sort((a, b) => (orderOf.get(a) ?? 0) - (orderOf.get(b) ?? 0)).reverse()
}

const isCreation = ({ type }: HistoryRow): boolean => type === 'duplicated' || type === 'credits'

function documentEntries(document: Activity['document'], nameOf: NameOf, history: HistoryRow[]): TimelineEntry[] {
  const { createdAt, createdBy, finalisedAt, finalisedBy, number, snapshot } = document
  const pdfSha256 = snapshot?.upload?.sha256 ?? document.pdfSha256
  const entries: TimelineEntry[] = []
  // Copies and credit notes have a row in the history for their creation.
  if (!history.some(isCreation))
    entries.push({ ...plain('created', createdAt, 'file-pen'), params: { name: nameOf(createdBy) } })
  if (finalisedAt !== null)
    entries.push({
      ...plain('finalised', finalisedAt, 'file-check'),
      params: { name: nameOf(finalisedBy), number: number ?? '' },
      ...(pdfSha256 && { details: { pdfSha256 } }),
    })
  return entries
}

function deliveryEntries({ id, address, senderAddress, sentAt, deliveredAt }: DocumentDelivery): TimelineEntry[] {
  const at = sentAt ?? deliveredAt
  if (at === null) return []
  return [
    {
      id,
      at,
      icon: deliveredAt === null ? 'mail' : 'mail-check',
      tone: deliveredAt === null ? 'busy' : 'good',
      text: 'history.sent',
      params: { address },
      ...(deliveredAt !== null && { deliveredAt }),
      details: { mailOf: id, sender: senderAddress },
    },
  ]
}

/** Returns an entry for a mail that waited for its provider, whether or not it has left since. */
function heldEntries(delivery: DocumentDelivery): TimelineEntry[] {
  const { id, address, overdueSince, sentAt, pauseReason, pauseText } = delivery
  if (overdueSince === null || !(isHeld(delivery) || sentAt !== null)) return []
  return [
    {
      id: `${id}-held`,
      at: overdueSince,
      icon: 'clock',
      tone: 'warn',
      text: sentAt === null ? 'history.held' : 'history.left_late',
      params: { address },
      ...(pauseReason && { details: { reason: pauseReason, serverText: pauseText ?? '' } }),
    },
  ]
}

/** Returns an entry for each mail held back while the account's bulk and automatic mails are paused. */
const restEntries = ({ deliveries, scheduledFor, createdAt }: DocumentSend): TimelineEntry[] =>
  deliveries.flatMap(({ id, address, restingSince }) =>
    restingSince === null
      ? []
      : [
          {
            id: `${id}-rests`,
            at: Math.max(restingSince, scheduledFor ?? createdAt),
            icon: 'clock' as const,
            tone: 'warn' as const,
            text: 'history.rests' as const,
            params: { address },
          },
        ],
  )

const LOOKS: Record<HistoryType, { icon: IconName; tone: Tone }> = {
  link_only: { icon: 'paperclip', tone: 'warn' },
  retry: { icon: 'rotate-ccw', tone: 'warn' },
  deferred: { icon: 'clock', tone: 'warn' },
  bounced: { icon: 'mail-x', tone: 'bad' },
  soft_bounced: { icon: 'mail-x', tone: 'bad' },
  dropped: { icon: 'mail-x', tone: 'bad' },
  failed: { icon: 'mail-x', tone: 'bad' },
  unknown: { icon: 'mail-question-mark', tone: 'warn' },
  complained: { icon: 'mail-x', tone: 'bad' },
  unsubscribed: { icon: 'mail-minus', tone: 'bad' },
  resubscribed: { icon: 'mail-check', tone: 'good' },
  sent_despite: { icon: 'triangle-alert', tone: 'warn' },
  cancelled: { icon: 'undo-2', tone: 'idle' },
  stopped: { icon: 'undo-2', tone: 'idle' },
  rescheduled: { icon: 'clock', tone: 'idle' },
  viewed: { icon: 'eye', tone: 'good' },
  downloaded: { icon: 'download', tone: 'good' },
  fresh_link: { icon: 'mail', tone: 'idle' },
  links_revoked: { icon: 'x', tone: 'idle' },
  paid: { icon: 'circle-check', tone: 'good' },
  unpaid: { icon: 'undo-2', tone: 'idle' },
  duplicated: { icon: 'copy', tone: 'idle' },
  attached: { icon: 'paperclip', tone: 'idle' },
  detached: { icon: 'paperclip', tone: 'idle' },
  credits: { icon: 'file-pen', tone: 'idle' },
  credited: { icon: 'file-minus', tone: 'idle' },
}

function historyEntry(row: HistoryRow, nameOf: NameOf, delivery: DocumentDelivery | undefined): TimelineEntry {
  const { id, at, type, actor, data } = row
  return {
    id,
    at,
    ...(followsTheMail(type) && typeof delivery?.sentAt === 'number' && { after: delivery.sentAt }),
    ...LOOKS[type],
    text: textOf(row, delivery),
    params: {
      name: nameOf(actor),
      address: delivery?.address ?? '',
      number: String(data.number ?? ''),
      date: String(data.date ?? ''),
      file: String(data.file ?? ''),
    },
    ...(typeof data.dueAt === 'number' && { times: { time: data.dueAt } }),
    ...(typeof data.documentId === 'string' && { documentId: data.documentId }),
    ...(type === 'credited' && { money: { amount: Number(data.amount), currency: String(data.currency) } }),
    ...detailsOf(row, delivery),
  }
}

const AFTER_THE_MAIL: readonly HistoryType[] = [
  'link_only',
  ...(['deferred', 'bounced', 'soft_bounced', 'dropped', 'complained', 'unsubscribed'] as const),
  ...(['resubscribed', 'viewed', 'downloaded', 'fresh_link'] as const),
]

const followsTheMail = (type: HistoryType): boolean => AFTER_THE_MAIL.includes(type)

function textOf({ type, data }: HistoryRow, delivery: DocumentDelivery | undefined): Key {
  // If some mails of the send had left, only the others were cancelled.
  if ((type === 'cancelled' || type === 'stopped') && data.left) return `history.${type}.part`
  // A provider may accept a mail and drop it later: then the mail was sent.
  if (type === 'dropped' && delivery && delivery.sentAt !== null) return 'history.dropped.later'
  if (type === 'duplicated') return data.number ? 'history.duplicated' : 'history.duplicated.draft'
  if (type === 'unsubscribed')
    return data.wish === 'documents' ? 'history.unsubscribed.notices' : 'history.unsubscribed'
  return `history.${type}`
}

function detailsOf({ data }: HistoryRow, delivery: DocumentDelivery | undefined): { details?: TimelineDetails } {
  const details: TimelineDetails = {
    ...(data.reason && { reason: String(data.reason) }),
    ...(data.text && { serverText: String(data.text) }),
    ...(typeof data.attempt === 'number' && data.attempt > 0 && { attempt: data.attempt }),
    ...(typeof data.next === 'number' && { nextAt: data.next }),
  }
  if (Object.keys(details).length === 0) return {}
  return { details: { ...details, ...(delivery?.hasMail && { mailOf: delivery.id }) } }
}

const plain = (type: 'created' | 'finalised', at: number, icon: IconName) => ({
  id: type,
  at,
  icon,
  tone: 'idle' as const,
  text: `history.${type}` as const,
})
