/** A customer. */
import type { Address } from './company'

export interface Contact {
  kind: 'person' | 'company'
  name: string
  address: Address
  vatId: string
  /** BCP 47; empty = the account's. */
  language: string
  /** ISO 4217; empty = the account's. */
  currency: string
  /** One to three addresses, cleaned; empty when there is none yet. */
  emails: string[]
  notes: string
  /** The id this contact has where it came from (a shop, Stripe), and where that is. */
  externalId: string
  source: string
}
