/** Writes a report as a mail server does (RFC 3464), to the return path of the mail. */
import { type DeliveryReport, deliveryReport } from '../../src/dev/delivery-report.ts'
import type { Report, ReportedClass } from './reports.ts'

/** Servers have no list of their own; what Resend calls suppressed, they refuse for policy. */
const STATUS: Record<ReportedClass, [action: DeliveryReport['action'], status: string, text: string]> = {
  sent: ['relayed', '2.0.0', '250 2.0.0 Ok'],
  deferred: ['delayed', '4.4.1', '451 4.4.1 No answer from the host'],
  delivered: ['delivered', '2.0.0', '250 2.0.0 Ok'],
  bounced_hard: ['failed', '5.1.1', '550 5.1.1 The recipient does not exist'],
  bounced_soft: ['failed', '5.2.2', '552 5.2.2 The mailbox is full'],
  dropped: ['failed', '5.7.1', '550 5.7.1 Refused by policy'],
}

export function dsnOf({ mail, class: reported, id }: Report): string {
  const [action, status, text] = STATUS[reported]
  return deliveryReport({
    ...{ server: 'mx.faults.example', to: mail.sender, recipient: mail.address, action, status, text },
    notice: `Your mail to <${mail.address}> was ${action}: ${text}`,
    returned: [`Message-ID: <${mail.deliveryId}@faults.example>`],
    id: `${id}@mx.faults.example`,
  })
}
