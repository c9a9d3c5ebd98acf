/** Writes the JSON of providers' APIs. Keys keep their order, so that the same mail is the same bytes at every attempt. */

import { padded } from './http-call'

const encoder = new TextEncoder()

export const jsonBody = (payload: object): Uint8Array => encoder.encode(padded(JSON.stringify(payload)))

/** Writes a name and an address in one string (RFC 5322), for APIs that want it so. */
export const displayAddress = ({ name, address }: { name: string; address: string }): string =>
  name === '' ? address : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`
