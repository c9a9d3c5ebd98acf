/** Writes a report as Resend does (https://resend.com/docs/webhooks/event-types). */
import type { Report, ReportedClass } from './reports.ts'

const TYPES: Record<ReportedClass, { type: string; data?: object }> = {
  sent: { type: 'email.sent' },
  deferred: { type: 'email.delivery_delayed' },
  delivered: { type: 'email.delivered' },
  bounced_hard: {
    type: 'email.bounced',
    data: { bounce: { type: 'Permanent', subType: 'NoEmail', message: 'The mailbox does not exist.' } },
  },
  bounced_soft: {
    type: 'email.bounced',
    data: { bounce: { type: 'Transient', subType: 'MailboxFull', message: 'The mailbox is full.' } },
  },
  dropped: {
    type: 'email.suppressed',
    data: { suppressed: { reason: 'bounce', message: 'On the suppression list.' } },
  },
}

export function resendEvent({ mail, class: reported, at }: Report): object {
  const { type, data } = TYPES[reported]
  const created_at = new Date(at).toISOString()
  const common = { created_at, email_id: mail.id, from: 'billing@faults.example', to: [mail.address] }
  return { type, created_at, data: { ...common, tags: { delivery: mail.deliveryId }, ...data } }
}
