/** The kinds of mails that arrive at the bounce address, as plain data. */

export type BounceMail =
  | DeliveryReport
  | Complaint
  | { kind: 'auto_reply' }
  | { kind: 'mail' }
  | { kind: 'unclassified' }

/** A report about the delivery of one mail of ours. */
export interface DeliveryReport extends ReturnedMail {
  kind: 'report'
  /** At least one, at most 100. */
  recipients: RecipientReport[]
}

export interface RecipientReport {
  /** As the report writes it; the domain may lack a dot. Empty where the report names no address. */
  address: string
  class: RecipientClass
  /** RFC 3463, `5.1.1`; empty where the report gives none. */
  status: string
  /** What the remote server said: one line of at most 500 characters. Empty where the report quotes nothing. */
  text: string
}

export type RecipientClass = 'bounced_hard' | 'bounced_soft' | 'deferred' | 'delivered'

/** A recipient called a mail of ours spam (ARF, RFC 5965). */
export interface Complaint extends ReturnedMail {
  kind: 'complaint'
  /** `abuse`, `fraud`, `virus`, `other` … */
  feedbackType: string
  /** Undefined where the mailbox provider redacts it: the Message-ID then says whose it is. */
  address: string | undefined
}

/** What the returned copy says of our mail. Anyone can write it: it proves nothing. */
export interface ReturnedMail {
  /** In angle brackets. */
  messageId: string | undefined
  /** The value of `X-Facteur-Delivery`. */
  deliveryId: string | undefined
}
