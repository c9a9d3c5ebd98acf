/** Simulates a security key: makes a key pair for a challenge and signs challenges with it (WebAuthn Level 3, attestation "none"). */

const ORIGIN = 'http://facteur.test'
const RP_ID = 'facteur.test'
const USER_PRESENT_AND_VERIFIED = 0x05
const ATTESTED = 0x40

interface CreationOptions {
  challenge: string
  user: { id: string }
}

export interface Authenticator {
  /** Returns what the page's script puts into the form after `navigator.credentials.create`. */
  register(options: CreationOptions): Promise<string>
  /** Returns what the page's script puts into the form after `navigator.credentials.get`. */
  sign(options: { challenge: string }): Promise<string>
}

export async function newAuthenticator(): Promise<Authenticator> {
  const keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const id = crypto.getRandomValues(new Uint8Array(16))
  let userHandle = ''
  let counter = 0
  const credential = (response: Record<string, unknown>) =>
    JSON.stringify({
      id: base64url(id),
      rawId: base64url(id),
      type: 'public-key',
      clientExtensionResults: {},
      response,
    })
  const authData = async (flags: number, more = new Uint8Array()) =>
    join(await sha256(utf8(RP_ID)), Uint8Array.of(flags), uint32(++counter), more)
  return {
    async register({ challenge, user }) {
      userHandle = user.id
      const attested = join(new Uint8Array(16), Uint8Array.of(0, id.length), id, await coseKey(keys.publicKey))
      const data = await authData(USER_PRESENT_AND_VERIFIED | ATTESTED, attested)
      return credential({
        clientDataJSON: base64url(clientData('webauthn.create', challenge)),
        attestationObject: base64url(attestationObject(data)),
        transports: ['internal'],
      })
    },
    async sign({ challenge }) {
      const client = clientData('webauthn.get', challenge)
      const data = await authData(USER_PRESENT_AND_VERIFIED)
      const signed = join(data, await sha256(client))
      const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, signed)
      return credential({
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(derSignature(new Uint8Array(raw))),
        userHandle,
      })
    },
  }
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(new TextEncoder().encode(text))
const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
const base64url = (bytes: Uint8Array) => bytes.toBase64({ alphabet: 'base64url', omitPadding: true })
const uint32 = (value: number) => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
const join = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> => Uint8Array.from(parts.flatMap((part) => [...part]))
const clientData = (type: string, challenge: string) => utf8(JSON.stringify({ type, challenge, origin: ORIGIN }))

/** Encodes CBOR {"fmt": "none", "attStmt": {}, "authData": bytes}. */
const attestationObject = (authData: Uint8Array) =>
  join(
    Uint8Array.of(0xa3, 0x63),
    utf8('fmt'),
    Uint8Array.of(0x64),
    utf8('none'),
    Uint8Array.of(0x67),
    utf8('attStmt'),
    Uint8Array.of(0xa0, 0x68),
    utf8('authData'),
    Uint8Array.of(0x59, authData.length >> 8, authData.length & 0xff),
    authData,
  )

/** Encodes a COSE key (RFC 9053): {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}. */
async function coseKey(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  const point = new Uint8Array((await crypto.subtle.exportKey('raw', key)) as ArrayBuffer)
  return join(
    Uint8Array.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32),
    point.slice(1, 33),
    Uint8Array.of(0x22, 0x58, 32),
    point.slice(33),
  )
}

/** Converts WebCrypto's r and s to WebAuthn's ASN.1 SEQUENCE of two INTEGERs. */
function derSignature(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const integer = (half: Uint8Array) => {
    const start = half.findIndex((byte) => byte !== 0)
    const digits = half.slice(start)
    const positive = digits[0] !== undefined && digits[0] > 0x7f ? join(Uint8Array.of(0), digits) : digits
    return join(Uint8Array.of(0x02, positive.length), positive)
  }
  const body = join(integer(raw.slice(0, 32)), integer(raw.slice(32)))
  return join(Uint8Array.of(0x30, body.length), body)
}
