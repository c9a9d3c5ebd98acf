import { type HistoryType, insertHistory } from '../db/history'
import type { HostedLink } from '../db/hosted-links'
import {
  deleteNoticeOptout,
  deleteUnsubscribed,
  findSubscription,
  insertNoticeOptout,
  insertUnsubscribed,
  type Subscription,
} from '../db/suppressions'
import { addressKey } from '../domain/email-addresses'
import type { Deps } from './deps'

export type SubscriptionWish = Exclude<Subscription, 'stopped'>

/**
 * What the person behind a link wishes to get of this merchant at this address: `all`, `documents` (no reminders or notices), or
 * `none`, which suppresses the address for this account. Each change is a row of History; the same wish twice is one.
 */
export async function changeSubscription(
  deps: Deps,
  link: Pick<HostedLink, 'accountId' | 'documentId' | 'deliveryId' | 'address'>,
  wish: SubscriptionWish,
): Promise<void> {
  const { db } = deps
  const { accountId, documentId, deliveryId } = link
  const subscriber = { accountId, deliveryId, addressKey: addressKey(link.address) }
  const was = await findSubscription(db, accountId, subscriber.addressKey)
  if (was === wish || was === 'stopped') return
  const now = deps.now()
  // The last statement before it decides whether there is anything to tell.
  const history = (type: HistoryType) =>
    insertHistory(
      db,
      [{ accountId, documentId, id: deps.newId('his'), at: now, type, actor: '', deliveryId, data: { wish } }],
      'after_change',
    )
  if (wish === 'none') await db.batch([insertUnsubscribed(db, subscriber, now), history('unsubscribed')])
  else if (was === 'none')
    await db.batch([
      wish === 'all' ? deleteNoticeOptout(db, subscriber) : insertNoticeOptout(db, subscriber, now),
      deleteUnsubscribed(db, subscriber),
      history('resubscribed'),
    ])
  else if (wish === 'documents') await db.batch([insertNoticeOptout(db, subscriber, now), history('unsubscribed')])
  else await db.batch([deleteNoticeOptout(db, subscriber), history('resubscribed')])
}
