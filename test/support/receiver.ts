/** Talks to the program that receives events (`webhook-receiver.ts`). */
import { inject } from 'vitest'
import type { ReceivedCall, ReceiverPlan } from './webhook-receiver'

/** Returns a receiver of its own. */
export function receiver(name: string = crypto.randomUUID()) {
  const url = `${inject('receiverUrl')}/as/${name}`
  return {
    url,
    answer: async (plan: ReceiverPlan) => {
      await (await fetch(url, { method: 'PUT', body: JSON.stringify(plan) })).text()
    },
    calls: async (): Promise<ReceivedCall[]> => (await fetch(url)).json(),
  }
}
