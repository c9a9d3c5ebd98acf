/** Plays the mail server of `bounces.test`: it takes every mail and reports a few seconds later that it could not deliver it (RFC 3464). */
import { setTimeout as wait } from 'node:timers/promises'
import { deliveryReport } from './delivery-report.ts'

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
  return deliveryReport({
    ...{ server: 'mx.bounces.test', to: returnPath, recipient, action: 'failed', status, text },
    notice: `<${recipient}>: host mx.bounces.test said: ${text}`,
    returned: [`Message-ID: ${messageId}`],
  })
}
