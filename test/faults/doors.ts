/** How the providers' reports reach the app. */
import { createHash } from 'node:crypto'
import type { App } from './app.ts'
import type { Report } from './reports.ts'

/** Opens the doors; `connect` tells them of the app and of each account with a provider of its own. */
export function openDoor() {
  let app: App | undefined
  const connections = new Map<string, string>()
  return {
    variables: {},
    connect: async (to: App, accountId: string | undefined): Promise<void> => {
      app = to
      if (accountId === undefined) return
      const apiKey = `re_${createHash('sha256').update(accountId).digest('hex').slice(0, 24)}`
      const { id } = await to.ask<{ id: string }>('resend', { accountId, apiKey, hookSecret: 'whsec_c2VjcmV0' })
      connections.set(apiKey, id)
    },
    post: async ({ mail, class: of, id, at }: Report): Promise<boolean> => {
      const connection = mail.apiKey ? (connections.get(mail.apiKey) ?? '') : 'deployment'
      const event = { key: id, class: of, deliveryId: mail.deliveryId, attempt: 0, at, text: 'As told.' }
      const response = await fetch(`${app?.url}/faults/events`, {
        method: 'POST',
        body: JSON.stringify({ connection, events: [event] }),
      })
      return response.ok
    },
  }
}
