/**
 * Signs events as Standard Webhooks says (github.com/standard-webhooks/standard-webhooks): HMAC-SHA256 over id, time and body, with every
 * secret that is valid.
 */

const SECRET_MARK = 'whsec_'
const SECRET_BYTES = 24

/** Returns a new secret: `whsec_` and 192 random bits in base64. */
export const newSecret = (): string => SECRET_MARK + crypto.getRandomValues(new Uint8Array(SECRET_BYTES)).toBase64()

export interface SignedEvent {
  id: string
  /** Of this attempt, epoch ms. */
  at: number
  body: string
}

/** Returns the headers of a call, with a signature by each secret. */
export async function signatureHeaders({ id, at, body }: SignedEvent, secrets: readonly string[]) {
  const timestamp = String(Math.floor(at / 1000))
  const signatures = await Promise.all(secrets.map((secret) => signature(secret, `${id}.${timestamp}.${body}`)))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

async function signature(secret: string, text: string): Promise<string> {
  const bytes = Uint8Array.fromBase64(secret.slice(SECRET_MARK.length))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text))
  return `v1,${new Uint8Array(signed).toBase64()}`
}
