/** Hashes the tokens of links, since D1 stores only their hashes. */

/** Returns the SHA-256 of a token, base64url. */
export async function hashToken(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return new Uint8Array(digest).toBase64({ alphabet: 'base64url', omitPadding: true })
}
