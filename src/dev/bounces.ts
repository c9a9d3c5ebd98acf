/** Plays the mail server of `bounces.test`: it takes every mail and reports a few seconds later that it could not deliver it (RFC 3464). */
import { setTimeout as wait } from 'node:timers/promises'

/** The parts of a mail that a report names. */
export interface TakenMail {
  envelope: { from: { address: string }; to: { address: string }[] }
  headers: Record<string, string | string[]>
}

const DOMAIN = '@bounces.test'
const DELAY_MS = 5_000

/** Reports a mail to `…@bounces.test` to its envelope sender; ignores other mails. */
export async function reportBounce(doorUrl: string, { envelope, headers }: TakenMail): Promise<void> {
  const recipient = envelope.to.find(({ address }) => address.toLowerCase().endsWith(DOMAIN))
  if (!recipient) return
  await wait(DELAY_MS)
  const report = reportOf(envelope.from.address, recipient.address, String(headers['message-id'] ?? ''))
  await fetch(doorUrl, { method: 'POST', headers: { 'content-type': 'message/rfc822' }, body: report }).catch(
    () => undefined,
  )
}

/** `full…@bounces.test` has a full mailbox; no other address exists. */
function reportOf(returnPath: string, recipient: string, messageId: string): string {
  const isFull = recipient.startsWith('full')
  const status = isFull ? '5.2.2' : '5.1.1'
  const text = isFull ? '552 5.2.2 The mailbox is full' : '550 5.1.1 The recipient does not exist'
  return [
    'From: Mail Delivery System <MAILER-DAEMON@mx.bounces.test>',
    `To: <${returnPath}>`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="report"',
    '',
    '--report',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `<${recipient}>: host mx.bounces.test said: ${text}`,
    '',
    '--report',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.bounces.test',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${text}`,
    '',
    '--report',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '',
    '--report--',
    '',
  ].join('\r\n')
}
