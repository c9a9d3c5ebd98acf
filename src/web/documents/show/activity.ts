/** Loads a document's activity: its sends, their deliveries and its history. */
import type { Deps } from '../../../commands/deps'
import { type DocumentDelivery, type DocumentSend, listActorNames, listDocumentSends } from '../../../db/document-sends'
import type { StoredDocument } from '../../../db/documents'
import { listHistory } from '../../../db/history'
import { listReachedAddresses } from '../../../db/reached-addresses'
import { isProblemStatus } from '../../../domain/problem'
import type { Activity } from './timeline'

export interface LiveActivity extends Activity {
  document: Activity['document'] & Pick<StoredDocument, 'mailState'>
  /** Digest of everything shown. The page sends it with the next poll, which gets a 204 while it is unchanged. */
  seen: string
  /** Seconds until the page polls again; undefined when no mail is under way. */
  pollAfter: number | undefined
}

export async function loadActivity(deps: Deps, accountId: string, document: StoredDocument): Promise<LiveActivity> {
  const [sends, history] = await Promise.all([
    listDocumentSends(deps.db, accountId, document.id),
    listHistory(deps.db, accountId, document.id),
  ])
  const actors = [
    document.createdBy,
    document.finalisedBy ?? '',
    ...sends.map((send) => send.createdBy),
    ...history.map((row) => row.actor),
  ]
  const names = await listActorNames(deps.db, accountId, [...new Set(actors)].filter(Boolean))
  const pollAfter = secondsToNextPoll(sends, deps.now())
  const troubled = sends[0]?.deliveries.some(({ status }) => isProblemStatus(status))
  return {
    document,
    sends,
    history,
    names,
    pollAfter,
    ...(troubled && { reached: await listReachedAddresses(deps.db, accountId, document) }),
    seen: await digest([document.mailState, sends, history, pollAfter]),
  }
}

const SOON_MS = 60_000
const LATER_MS = 15 * 60_000

/** Returns 2 while a mail is leaving or has just left, 15 while one waits to leave soon; otherwise undefined. */
export function secondsToNextPoll(sends: DocumentSend[], now: number): number | undefined {
  const deliveries = sends.flatMap((send) => send.deliveries)
  if (deliveries.some((delivery) => isMoving(delivery, now))) return 2
  return deliveries.some(({ status, dueAt }) => status === 'queued' && (dueAt ?? 0) < now + LATER_MS) ? 15 : undefined
}

function isMoving({ status, dueAt, sentAt }: DocumentDelivery, now: number): boolean {
  if (status === 'dispatched' || status === 'sending') return true
  // Providers report the outcome of a mail within seconds, or much later.
  if (status === 'sent') return (sentAt ?? 0) > now - SOON_MS
  return status === 'queued' && (dueAt ?? 0) < now + SOON_MS / 6
}

/** Returns the deliveries of a send that have not been attempted and can be cancelled. */
export const waitingOf = (send: DocumentSend): DocumentDelivery[] =>
  send.deliveries.filter(({ status, attempt }) => status === 'queued' && attempt === 0)

/** Returns the id of the delivery with the first open problem. */
export const firstOpenProblem = (sends: DocumentSend[]): string | undefined =>
  sends.flatMap(({ deliveries }) => deliveries).find(({ problemOpen }) => problemOpen)?.id

async function digest(shown: unknown): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(shown)))
  return new Uint8Array(bytes).slice(0, 12).toBase64({ alphabet: 'base64url' })
}
