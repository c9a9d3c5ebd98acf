import { expect } from 'vitest'
import { type Merchant, signUp } from './client'
import { rows } from './database'
import { connected, settle, type Told, tell } from './stripe'

/** Sends events of Stripe in this order, each under an id of its own, and processes them. */
export type Hear = (...told: Omit<Told, 'id'>[]) => Promise<void>

/** Signs up a merchant who has connected Stripe and charges 20 %. */
export async function stripeMerchant(): Promise<{ merchant: Merchant; hook: string; hear: Hear }> {
  const merchant = await signUp({ settings: { automaticTax: { category: 'S', rate: '20' } } })
  const hook = await connected(merchant)
  return { merchant, hook, hear: hearer(hook) }
}

/** @param hook the path that Stripe calls */
export function hearer(hook: string): Hear {
  let count = 0
  return async (...told) => {
    for (const event of told) {
      const id = `evt_${String(++count).padStart(4, '0')}`
      expect((await tell(hook, { id, ...event })).status).toBe(200)
    }
    await settle()
  }
}

/** Returns what became of each event: the reason why it is listed, else its state. */
export const reasons = async (): Promise<string[]> =>
  (await rows<{ reason: string | null; state: string }>('SELECT * FROM stripe_events ORDER BY id')).map(
    ({ reason, state }) => reason ?? state,
  )
