/** What tests inside workerd ask of the DNS server (`dns-server.ts`). */
import { inject } from 'vitest'
import type { Zone } from './dns-server'

export interface Verified {
  dkim: { domain: string; selector: string; result: string; aligned: string | false }[]
  dmarc: string
}

const call = async (path: string, init?: RequestInit): Promise<unknown> =>
  (await fetch(inject('dnsUrl') + path, init)).json()

export const dns = {
  /** Replaces all names, and forgets what was asked. */
  setZone: (zone: Zone) => call('/zone', { method: 'PUT', body: JSON.stringify(zone) }),
  /** As `shop.example TXT`, oldest first. */
  queries: async () => (await call('/queries')) as string[],
  /** Verifies a mail as a receiver does. */
  verify: async (mail: string | Uint8Array) =>
    (await call('/verified', { method: 'POST', body: mail as BodyInit })) as Verified,
}

/** Splits a text into strings of a TXT record. */
export const strings = (text: string): string[] => text.match(/.{1,255}/g) ?? ['']
