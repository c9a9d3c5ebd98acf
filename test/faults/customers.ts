/** The customers' addresses. The local part says what becomes of a mail to each, whatever happens on the way. */
import { pick, randomOf } from './random.ts'

export type Customer =
  /** Gets the mail. */
  | 'good'
  /** Does not exist: refused at once, or bounced later. */
  | 'gone'
  /** The mailbox is full. */
  | 'full'
  /** Is on the provider's own list. */
  | 'listed'
  /** The provider refuses the message itself. */
  | 'refused'

const SHARES: Record<Customer, number> = { good: 90, gone: 4, full: 2, listed: 2, refused: 2 }

export const addressOf = (seed: string, index: number): string =>
  `${pick(SHARES, randomOf(`${seed} customer ${index}`))}-${index}@customers.example`

export const customerOf = (address: string): Customer => (address.split('-')[0] ?? 'good') as Customer

export const isGood = (address: string): boolean => customerOf(address) === 'good'
