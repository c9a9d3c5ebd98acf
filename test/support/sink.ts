/** What tests inside workerd ask of the SMTP server (`smtp-server.ts` says what it can do). */
import { inject } from 'vitest'
import type { Faults, ReceivedMail, Session } from './smtp-conversation'

const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const response = await fetch(inject('smtpControl') + path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`the SMTP sink answered ${response.status} to ${method} ${path}`)
  return response.json()
}

export const sink = {
  /** Mails that were kept, oldest first; `raw` is filled only by `rawMails`. */
  mails: async () => (await call('GET', '/mails')) as Omit<ReceivedMail, 'raw'>[],
  rawMails: async () => (await call('GET', '/mails?raw')) as ReceivedMail[],
  /** Connections, oldest first. */
  sessions: async () => (await call('GET', '/sessions')) as Session[],
  /** Replaces all faults that hold for every mail. */
  setFaults: (faults: Faults) => call('PUT', '/faults', faults),
  /** Forgets mails, sessions and faults: call it before each test. */
  clear: () => call('DELETE', '/'),
}
