/** Controls the SMTP server (`smtp-server.ts`) from tests in workerd. */
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
  /** Returns the stored mails, oldest first; only `rawMails` fills `raw`. */
  mails: async () => (await call('GET', '/mails')) as Omit<ReceivedMail, 'raw'>[],
  rawMails: async () => (await call('GET', '/mails?raw')) as ReceivedMail[],
  /** Returns the connections, oldest first. */
  sessions: async () => (await call('GET', '/sessions')) as Session[],
  /** Replaces the faults that apply to every mail. */
  setFaults: (faults: Faults) => call('PUT', '/faults', faults),
  /** Deletes mails, sessions and faults; called before each test. */
  clear: () => call('DELETE', '/'),
}
