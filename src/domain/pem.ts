/** Returns the DER bytes of a private key in PEM (`-----BEGIN PRIVATE KEY-----`, PKCS #8); undefined for anything else. */
export function readPkcs8(pem: string): Uint8Array<ArrayBuffer> | undefined {
  const text = pem.replaceAll('\\n', '\n').trim()
  const body = /^-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----$/.exec(text)?.[1]
  try {
    return body === undefined ? undefined : Uint8Array.fromBase64(body.replace(/\s+/g, ''))
  } catch {
    return undefined
  }
}
