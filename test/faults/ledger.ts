/** What the providers know: the truth that the app's is compared with. */

/** A mail that a provider has taken. */
export interface TakenMail {
  provider: 'resend' | 'smtp'
  deliveryId: string
  address: string
  /** Envelope sender: where reports go. */
  sender: string
  /** The provider's own id of the mail. */
  id: string
  /** API key of the account. */
  apiKey: string
}

export class Ledger {
  /** Times that a mail arrived, by delivery id. */
  readonly arrivals = { resend: new Map<string, number>(), smtp: new Map<string, number>() }
  /** Mails over SMTP whose body was received and not answered. */
  cutsAfterBody = 0
  /** Calls under a known key with other bytes. */
  changedBodies = 0
  /** Number of calls that are under way. */
  underWay = 0
  readonly faults: Record<string, number> = {}

  take({ provider, deliveryId }: TakenMail): void {
    const arrivals = this.arrivals[provider]
    arrivals.set(deliveryId, (arrivals.get(deliveryId) ?? 0) + 1)
  }

  count(fault: string): void {
    this.faults[fault] = (this.faults[fault] ?? 0) + 1
  }
}
