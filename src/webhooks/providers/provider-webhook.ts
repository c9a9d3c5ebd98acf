/** Defines what a provider's webhook is to the rest of Facteur: a caller that is verified, and events that are read. */
import type { DeliveryEvent } from '../../domain/delivery-event'

/** One call of a webhook, unchanged: signatures cover the bytes as they arrived. */
export interface WebhookCall {
  headers: Headers
  body: Uint8Array
  /** Epoch ms. */
  now: number
}

export interface WebhookSecrets {
  /** Signing keys, public keys or passwords, by provider. Several are good at once while one replaces another; an empty one never is. */
  keys: readonly string[]
  /** ARNs of the SNS topics that may call; SES has no other secret. */
  topics?: readonly string[]
}

/**
 * `unavailable`: what the check needs could not be fetched, so the provider must repeat the call.
 * `replayKey`: differs for each call of a provider whose signature does not cover the body. A second call under the same key changes
 * nothing, whatever it says; it is answered like the first.
 */
export type Verification =
  | { verdict: 'genuine'; replayKey?: string }
  | { verdict: 'forged' }
  | { verdict: 'unavailable' }

/** An event as a provider names it, before it is matched with a delivery. */
export interface ReportedEvent extends DeliveryEvent {
  /** As our adapter was given it when the mail was accepted; empty if the event names none. */
  providerMessageId: string
  /** The address that the event is about; empty if the event names none or several. */
  recipient: string
  /** The provider's own name of the event. */
  type: string
}

export interface ProviderWebhook {
  /** Verifies who calls. Never throws. */
  verify(call: WebhookCall, secrets: WebhookSecrets): Promise<Verification>
  /**
   * Reads the events of a genuine call. An event of a type that means nothing to us is `ignored`; an item that can't be read is left out.
   * Undefined for a body that is not this provider's. Never throws.
   */
  read(call: WebhookCall): ReportedEvent[] | undefined
  /** Does what a genuine call asks of the receiver itself. False = failed for now, so the provider must repeat the call. */
  confirm?(call: WebhookCall): Promise<boolean>
}
