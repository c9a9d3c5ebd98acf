import type { InferInput } from 'valibot'
import type { BulkRow } from '../../db/bulk-documents'
import type { StoredBulkSend } from '../../db/bulk-sends'
import {
  BLOCKED_GROUPS,
  countAll,
  countGoing,
  countGroup,
  countLeftOut,
  leftOutReason,
  OPTIONAL_GROUPS,
} from '../../domain/bulk-send'
import { mailStateOf } from '../../domain/delivery'
import { type Quota, quotaLeft } from '../../domain/quota'
import { translator } from '../../i18n'
import { leftOutKey } from '../../i18n/bulk-reason'
import { isoTime } from '../fields'
import { refusalDetail } from '../refusal'
import { sendDeliveryJson } from '../sends/send-json'
import type { BulkResultJson, BulkSendJson } from './bulk-send-schemas'

const english = translator('en')

/**
 * Returns a bulk send as the API shows it.
 * @param quota of the day on which its mails would leave; undefined once it is confirmed
 */
export function bulkSendJson(bulk: StoredBulkSend, quota: Quota | undefined): InferInput<typeof BulkSendJson> {
  const { tally, leftOut, refusal } = bulk
  const inGroup = (group: (typeof OPTIONAL_GROUPS)[number]) => countGroup(tally, group).documents
  return {
    id: bulk.id,
    state: bulk.state,
    refusal: refusal === null ? null : { code: refusal, detail: refusalDetail({ ok: false, reason: refusal }) },
    collected: countAll(tally).documents,
    capped: bulk.capped,
    ready: countGoing(tally, leftOut),
    left_out: [...BLOCKED_GROUPS, ...OPTIONAL_GROUPS]
      .map((reason) => ({ reason, documents: countLeftOut(tally, reason, leftOut) }))
      .filter(({ documents }) => documents > 0),
    groups: {
      ...{ resend: inGroup('resend'), paid: inGroup('paid'), draft: inGroup('draft') },
      ...{ other_language: inGroup('other_language'), partly_suppressed: inGroup('partly_suppressed') },
    },
    quota: quota ? { limit: quota.limit, left: quotaLeft(quota), resets_at: isoTime(quota.resetsAt) } : null,
    ...{ queued: bulk.queued, withheld: bulk.withheld, over_quota: bulk.overQuota },
    deliveries: {
      ...{ waiting: bulk.waiting, sent: bulk.sent, delivered: bulk.delivered, deferred: bulk.deferred },
      ...{ unknown: bulk.unknown, problem: bulk.problem, cancelled: bulk.cancelled },
    },
    created_at: isoTime(bulk.createdAt),
    confirmed_at: isoTime(bulk.confirmedAt),
  }
}

/** Returns what became of one document, from its rows. */
export function bulkResultJson(rows: readonly BulkRow[], bulk: StoredBulkSend): InferInput<typeof BulkResultJson>[] {
  return [...Map.groupBy(rows, ({ position }) => position).values()].flatMap((ofDocument) => {
    const [first] = ofDocument
    if (!first) return []
    const mails = ofDocument.flatMap((row) =>
      row.deliveryId === null || row.address === null || row.status === null
        ? []
        : [{ ...row, id: row.deliveryId, address: row.address, status: row.status, reason: row.deliveryReason }],
    )
    const statuses = mails.map(({ status }) => status)
    const leftOut = mails.length > 0 ? undefined : leftOutReason(first, bulk.leftOut)
    return [
      {
        document_id: first.documentId,
        number: first.number,
        state: leftOut ? ('left_out' as const) : mails.length > 0 ? mailStateOf(statuses) : stateWithoutMails(bulk),
        reason: leftOut?.reason ?? null,
        detail: leftOut ? english(leftOutKey(leftOut)) : null,
        deliveries: mails.map(sendDeliveryJson),
      },
    ]
  })
}

function stateWithoutMails({ confirmedAt, undoneAt }: StoredBulkSend) {
  if (undoneAt !== null) return 'not_sent' as const
  return confirmedAt === null ? ('ready' as const) : ('preparing' as const)
}
