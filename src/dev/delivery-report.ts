/** Writes the report of a mail server about one mail (RFC 3464). */

export interface DeliveryReport {
  /** Name of the reporting server. */
  server: string
  /** The return path of the mail. */
  to: string
  recipient: string
  /** For people. */
  notice: string
  action: 'failed' | 'delayed' | 'relayed' | 'delivered'
  /** Enhanced status code, such as 5.1.1. */
  status: string
  /** What the recipient's server said. */
  text: string
  /** Header lines of the mail, returned with the report. */
  returned: string[]
  /** Message-ID of the report itself, without brackets. */
  id?: string
}

export const deliveryReport = ({ server, to, recipient, notice, action, status, text, returned, id }: DeliveryReport) =>
  [
    `From: Mail Delivery System <MAILER-DAEMON@${server}>`,
    `To: <${to}>`,
    'Subject: Delivery Status Notification',
    ...(id ? [`Message-ID: <${id}>`] : []),
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="report"',
    '',
    '--report',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    notice,
    '',
    '--report',
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${server}`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${text}`,
    '',
    '--report',
    'Content-Type: text/rfc822-headers',
    '',
    ...returned,
    '',
    '--report--',
    '',
  ].join('\r\n')
