import { ifAny, runBatch } from '../../db/client'
import { insertHistory } from '../../db/history'
import type { HostedLink } from '../../db/hosted-links'
import {
  deleteNoticeOptout,
  deleteUnsubscribed,
  findSubscription,
  insertNoticeOptout,
  insertUnsubscribed,
  type Subscription,
} from '../../db/suppressions'
import { addressKey } from '../../domain/email-addresses'
import type { Deps } from '../deps'

export type SubscriptionChoice = Exclude<Subscription, 'stopped'>

export const isSubscriptionChoice = (text: string): text is SubscriptionChoice =>
  ['all', 'documents', 'none'].includes(text)

/**
 * Saves which mails the address behind a link gets from this merchant: `all`, `documents` (no reminders or notices), or `none`,
 * which suppresses the address for this account. Each change adds a History row; repeating a choice adds none.
 */
export async function changeSubscription(
  deps: Deps,
  link: Pick<HostedLink, 'accountId' | 'documentId' | 'deliveryId' | 'address'>,
  wish: SubscriptionChoice,
): Promise<void> {
  const { db } = deps
  const { accountId, documentId, deliveryId } = link
  const subscriber = { accountId, deliveryId, addressKey: addressKey(link.address) }
  const was = await findSubscription(db, accountId, subscriber.addressKey)
  if (was === wish || was === 'stopped') return
  const now = deps.now()
  const type = wish === 'none' || was === 'all' ? 'unsubscribed' : 'resubscribed'
  const historyRow = {
    accountId,
    documentId,
    deliveryId,
    id: deps.newId('his'),
    at: now,
    type,
    actor: '',
    data: { wish },
  } as const
  // `after_change` skips the History row if the statement before it changed nothing: of two equal requests, one is recorded.
  await runBatch(db, [
    WISHES[wish](db, subscriber, now),
    ...ifAny(was === 'none' ? [subscriber] : [], () => deleteUnsubscribed(db, subscriber)),
    insertHistory(db, [historyRow], 'after_change'),
  ])
}

const WISHES = {
  none: insertUnsubscribed,
  documents: insertNoticeOptout,
  all: deleteNoticeOptout,
}
