/** Verifies callers that sign nothing and name a secret instead. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Verification, WebhookCall, WebhookSecrets } from './provider-webhook'

/** Header for providers that can send one of our choice: unlike a password in the address, it stands in no log. */
export const SECRET_HEADER = 'X-Facteur-Secret'

/**
 * Verifies a secret from our own header, a bearer token or Basic authentication (RFC 7617), where the user name is free if the secret has
 * no colon. Compares hashes, so that the time taken says nothing of the secret or its length.
 */
export async function verifySharedSecret({ headers }: WebhookCall, { keys }: WebhookSecrets): Promise<Verification> {
  const named = secretsNamed(headers).map(hashOf)
  const known = keys.filter((key) => key !== '').map(hashOf)
  // Every pair is compared, whichever fits.
  const fits = named.flatMap((one) => known.map((other) => timingSafeEqual(one, other)))
  return { verdict: fits.includes(true) ? 'genuine' : 'forged' }
}

function secretsNamed(headers: Headers): string[] {
  const own = headers.get(SECRET_HEADER) ?? ''
  const [, scheme = '', credentials = ''] =
    /^(basic|bearer)\s+(\S+)\s*$/i.exec(headers.get('authorization') ?? '') ?? []
  if (scheme.toLowerCase() !== 'basic') return [own, credentials].filter((secret) => secret !== '')
  const pair = Buffer.from(credentials, 'base64').toString('utf8')
  return [own, pair, pair.slice(pair.indexOf(':') + 1)].filter((secret) => secret !== '')
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
