import { sql } from 'drizzle-orm'
import type { DeliveryStatus } from '../domain/delivery'

/** How far a delivery has come, as lists and pages show it. Times are epoch ms. */
export interface DeliveryProgress {
  id: string
  address: string
  status: DeliveryStatus
  attempt: number
  /** When the next attempt of a queued delivery is due. */
  dueAt: number | null
  /** When the attempt was due, if Facteur or its provider delays it, or delayed it before it left. */
  overdueSince: number | null
  /** A code; `reason.<code>` in the locales is the sentence. */
  reason: string | null
  serverText: string | null
  sentAt: number | null
  deliveredAt: number | null
  endedAt: number | null
}

/** The columns of `DeliveryProgress`, except the id, from `deliveries d`. */
export const PROGRESS_COLUMNS = sql`d.address, d.status, d.attempt, d.due_at AS dueAt, d.overdue_since AS overdueSince, d.reason,
  d.server_text AS serverText, d.sent_at AS sentAt, d.delivered_at AS deliveredAt, d.ended_at AS endedAt`
