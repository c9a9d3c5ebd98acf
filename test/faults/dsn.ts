/** Writes a report as a mail server does (RFC 3464), to the return path of the mail. */
import type { Report, ReportedClass } from './reports.ts'

/** Servers have no list of their own; what Resend calls suppressed, they refuse for policy. */
const STATUS: Record<ReportedClass, [action: string, status: string, text: string]> = {
  sent: ['relayed', '2.0.0', '250 2.0.0 Ok'],
  deferred: ['delayed', '4.4.1', '451 4.4.1 No answer from the host'],
  delivered: ['delivered', '2.0.0', '250 2.0.0 Ok'],
  bounced_hard: ['failed', '5.1.1', '550 5.1.1 The recipient does not exist'],
  bounced_soft: ['failed', '5.2.2', '552 5.2.2 The mailbox is full'],
  dropped: ['failed', '5.7.1', '550 5.7.1 Refused by policy'],
}

export function dsnOf({ mail, class: reported, id }: Report): string {
  const [action, status, text] = STATUS[reported]
  return [
    'From: Mail Delivery System <MAILER-DAEMON@mx.faults.example>',
    `To: <${mail.sender}>`,
    'Subject: Delivery Status Notification',
    `Message-ID: <${id}@mx.faults.example>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="report"',
    '',
    '--report',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `Your mail to <${mail.address}> was ${action}: ${text}`,
    '',
    '--report',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.faults.example',
    '',
    `Final-Recipient: rfc822; ${mail.address}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${text}`,
    '',
    '--report',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${mail.deliveryId}@faults.example>`,
    '',
    '--report--',
    '',
  ].join('\r\n')
}
