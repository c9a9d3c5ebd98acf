/** Signs mails (DKIM, RFC 6376): RSA-SHA256, relaxed/relaxed. */

/** A private key and where its public part is published: `<selector>._domainkey.<domain>`. */
export interface DkimKey {
  domain: string
  selector: string
  key: CryptoKey
}

const RSA_SHA256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

/** Imports a private key. @param pkcs8 as DER; throws if it is no RSA key */
export async function importDkimKey(
  place: { domain: string; selector: string },
  pkcs8: Uint8Array<ArrayBuffer>,
): Promise<DkimKey> {
  return { ...place, key: await crypto.subtle.importKey('pkcs8', pkcs8, RSA_SHA256, false, ['sign']) }
}

/** Makes a key pair: RSA with 2048 bits, which every receiver can verify. Both parts are DER in base64: SPKI and PKCS #8. */
export async function createDkimKeyPair(): Promise<{ publicKey: string; privateKey: string }> {
  const parameters = { ...RSA_SHA256, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
  const pair = (await crypto.subtle.generateKey(parameters, true, ['sign', 'verify'])) as CryptoKeyPair
  const derOf = async (format: 'spki' | 'pkcs8', key: CryptoKey) =>
    new Uint8Array((await crypto.subtle.exportKey(format, key)) as ArrayBuffer).toBase64()
  return { publicKey: await derOf('spki', pair.publicKey), privateKey: await derOf('pkcs8', pair.privateKey) }
}

/**
 * Returns the mail with a signature in front. The same mail and key always give the same bytes: RSASSA-PKCS1-v1_5 uses no random number,
 * and the time of signing is that of the mail's Date.
 * @param mime RFC 5322, CRLF
 */
export async function signMail(mime: Uint8Array, { domain, selector, key }: DkimKey): Promise<Uint8Array> {
  const { fields, bodyAt } = readHead(mime)
  const body = relaxedBody(mime.subarray(bodyAt))
  const bodyHash = new Uint8Array(await crypto.subtle.digest('SHA-256', body)).toBase64()
  const signed = signedFields(fields)
  const date = Math.floor(Date.parse(fields.find(({ name }) => name === 'date')?.value.trim() ?? '') / 1000)
  const tags = [
    ...['v=1', 'a=rsa-sha256', 'c=relaxed/relaxed', `d=${domain}`, `s=${selector}`],
    ...(Number.isNaN(date) ? [] : [`t=${date}`]),
    ...[`h=${signed.names.join(':\r\n ')}`, `bh=${bodyHash}`, 'b='],
  ]
  const unsigned = `DKIM-Signature: ${tags.join(';\r\n ')}`
  const toSign = [...signed.fields.map(relaxedField), relaxedField(fieldOf(unsigned))].join('\r\n')
  const signature = await crypto.subtle.sign(RSA_SHA256, key, encoder.encode(toSign))
  const folded = new Uint8Array(signature).toBase64().replace(/.{72}(?=.)/g, '$&\r\n ')
  return joined(encoder.encode(`${unsigned}${folded}\r\n`), mime)
}

interface Field {
  /** Lower case. */
  name: string
  /** With its folds. */
  value: string
}

const encoder = new TextEncoder()

/** Fields to sign, as far as the mail has them. */
const SIGNED = [
  ...['from', 'reply-to', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type', 'auto-submitted'],
  ...['content-language', 'x-facteur-delivery', 'list-unsubscribe', 'list-unsubscribe-post'],
]

/** Fields that are named once more than they are there, so that a second one breaks the signature (RFC 6376, 8.15). */
const OVERSIGNED = new Set(['from', 'reply-to', 'to', 'subject', 'date', 'content-type'])

function signedFields(fields: Field[]): { names: string[]; fields: Field[] } {
  const chosen = SIGNED.map((name) => ({ name, found: fields.filter((field) => field.name === name).reverse() }))
  return {
    names: chosen.flatMap(({ name, found }) => [...found.map(() => name), ...(OVERSIGNED.has(name) ? [name] : [])]),
    fields: chosen.flatMap(({ found }) => found),
  }
}

const [CR, LF, SPACE, TAB] = [13, 10, 32, 9]

/** Returns the header fields of a mail and where its body begins. */
function readHead(mime: Uint8Array): { fields: Field[]; bodyAt: number } {
  const end = endOfHead(mime)
  const text = new TextDecoder().decode(mime.subarray(0, end))
  return { fields: text.split(/\r\n(?![ \t])/).map(fieldOf), bodyAt: Math.min(end + 4, mime.length) }
}

function endOfHead(mime: Uint8Array): number {
  for (let at = mime.indexOf(CR); at !== -1; at = mime.indexOf(CR, at + 1))
    if (mime[at + 1] === LF && mime[at + 2] === CR && mime[at + 3] === LF) return at
  return mime.length
}

function fieldOf(text: string): Field {
  const colon = text.indexOf(':')
  return { name: text.slice(0, colon).trim().toLowerCase(), value: text.slice(colon + 1) }
}

/** RFC 6376, 3.4.2: lower-case name, unfolded, each run of blanks one space, none at the ends. */
const relaxedField = ({ name, value }: Field): string =>
  `${name}:${value
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`

/** RFC 6376, 3.4.4: runs of blanks are one space, none at the end of a line, no empty lines at the end of the body. */
function relaxedBody(body: Uint8Array): Uint8Array<ArrayBuffer> {
  const relaxed = new Uint8Array(body.length + 2)
  let length = 0
  let blank = false
  let end = 0
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0
    if (byte === SPACE || byte === TAB) {
      blank = true
      continue
    }
    if (byte === CR && body[at + 1] === LF) {
      relaxed[length++] = CR
      relaxed[length++] = LF
      at += 1
    } else {
      if (blank) relaxed[length++] = SPACE
      relaxed[length++] = byte
      end = length
    }
    blank = false
  }
  if (end === 0) return relaxed.subarray(0, 0)
  relaxed[end] = CR
  relaxed[end + 1] = LF
  return relaxed.subarray(0, end + 2)
}

function joined(head: Uint8Array, rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + rest.length)
  bytes.set(head)
  bytes.set(rest, head.length)
  return bytes
}
