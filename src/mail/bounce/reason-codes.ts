/** Reasons that a status code alone gives (RFC 3463, RFC 7372, RFC 7505, IANA's registry). */
import type { Reason } from './texts/text-rule'

/** By subject and detail. Codes that servers send for everything (X.0.0, 5.1.0, 5.2.0, 5.3.0, 5.4.0, 5.5.0) are not here. */
const BY_CODE: Record<string, Reason> = {
  '1.1': 'address_unknown',
  '1.2': 'host_unknown',
  '1.3': 'address_unknown',
  '1.4': 'policy',
  '1.6': 'moved',
  '1.7': 'sender_refused',
  '1.8': 'sender_refused',
  // Exchange: no such recipient. RFC 7505: the domain accepts no mail.
  '1.10': 'address_unknown',
  '2.1': 'suspended',
  '2.2': 'mailbox_full',
  '2.3': 'too_large',
  '2.4': 'system_error',
  '3.1': 'system_full',
  '3.2': 'system_error',
  '3.3': 'system_error',
  '3.4': 'too_large',
  '3.5': 'system_error',
  '4.1': 'network',
  '4.2': 'network',
  '4.3': 'network',
  '4.4': 'network',
  '4.5': 'system_full',
  '4.6': 'network',
  '4.7': 'expired',
  '4.14': 'network',
  '4.310': 'host_unknown',
  '5.1': 'protocol',
  '5.2': 'protocol',
  '5.3': 'policy',
  '5.4': 'protocol',
  '5.6': 'protocol',
}

/** RFC 5321, RFC 7504: what a reply code says without an enhanced one. */
const BY_REPLY: Record<string, Reason> = {
  '523': 'too_large',
  '530': 'authentication',
  '535': 'authentication',
  '551': 'policy',
  '556': 'no_mail_accepted',
}

export function reasonOfCode(status: string, reply: string): Reason | undefined {
  const [, subject, detail] = status.split('.')
  if (subject === '7') return 'policy'
  if (subject === '6') return 'content'
  return BY_CODE[`${subject}.${detail}`] ?? BY_REPLY[reply]
}
