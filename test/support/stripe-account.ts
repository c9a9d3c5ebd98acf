import { expect } from 'vitest'
import { type Merchant, signUp } from './client'
import { rows } from './database'
import { connected, type PostedEvent, postEvent, settle } from './stripe'

/** Posts events of Stripe in this order, each with its own id, and processes them. */
export type Receive = (...posted: Omit<PostedEvent, 'id'>[]) => Promise<void>

/** Signs up a merchant who has connected Stripe and charges 20 %. */
export async function stripeMerchant(): Promise<{ merchant: Merchant; hook: string; receive: Receive }> {
  const merchant = await signUp({ settings: { automaticTax: { category: 'S', rate: '20' } } })
  const hook = await connected(merchant)
  return { merchant, hook, receive: receiver(hook) }
}

/**
 * Returns a function that posts events to one account.
 * @param hook the path that Stripe calls
 */
export function receiver(hook: string): Receive {
  let count = 0
  return async (...posted) => {
    for (const event of posted) {
      const id = `evt_${String(++count).padStart(4, '0')}`
      expect((await postEvent(hook, { id, ...event })).status).toBe(200)
    }
    await settle()
  }
}

/** Returns what became of each event: the reason why it is listed, else its state. */
export const reasons = async (): Promise<string[]> =>
  (await rows<{ reason: string | null; state: string }>('SELECT * FROM stripe_events ORDER BY id')).map(
    ({ reason, state }) => reason ?? state,
  )
