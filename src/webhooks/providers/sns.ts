/** Verifies messages of Amazon SNS: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
import { type KeyObject, verify as verifySignature, X509Certificate } from 'node:crypto'
import { isObject, textAt, valueAt } from '../../domain/untrusted-json'
import type { Verification } from './provider-webhook'
import { bodyJson } from './webhook-body'

/** What SNS needs of the network. Only addresses that have passed the host rule are fetched. */
export interface SnsNetwork {
  /** Returns the text under an address, following no redirect; undefined if it could not be fetched now. */
  fetchText(url: string): Promise<string | undefined>
  /** A stand-in for local tests, `http://127.0.0.1:1234`, whose addresses pass as well. Never set in production. */
  localOrigin?: string
}

export interface SnsMessage {
  type: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation'
  id: string
  topic: string
  /** Of a notification, what was published. */
  text: string
  json: object
}

const TYPES: readonly SnsMessage['type'][] = ['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']

/** Reads the envelope; undefined for a body that is none. */
export function readSnsMessage(body: Uint8Array): SnsMessage | undefined {
  const json = bodyJson(body)
  const named = textAt(json, 'Type')
  const type = TYPES.find((one) => one === named)
  const topic = textAt(json, 'TopicArn')
  const id = textAt(json, 'MessageId')
  if (!isObject(json) || !type || topic === '' || id === '') return undefined
  return { type, id, topic, text: textAt(json, 'Message'), json }
}

const NOTIFICATION_KEYS = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
const CONFIRMATION_KEYS = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']

/** SHA-1 is what version 1 prescribes. */
const DIGESTS = new Map([
  ['1', 'sha1'],
  ['2', 'sha256'],
])

/**
 * Verifies a message. A right signature only proves that it comes from some topic of SNS, so the topic must be one of ours before anything
 * is fetched. The certificate's own dates are not checked: Amazon serves it over TLS at the address that the host rule demands.
 */
export async function verifySns(
  message: SnsMessage,
  topics: readonly string[],
  network: SnsNetwork,
): Promise<Verification> {
  const { json, topic, type } = message
  const certificateUrl = amazonUrl(textAt(json, 'SigningCertURL') || textAt(json, 'SigningCertUrl'), network)
  const digest = DIGESTS.get(textAt(json, 'SignatureVersion'))
  const keys = type === 'Notification' ? NOTIFICATION_KEYS : CONFIRMATION_KEYS
  const signed = signedText(json, keys)
  if (!topics.includes(topic) || !certificateUrl?.pathname.endsWith('.pem') || !digest || signed === undefined) {
    return { verdict: 'forged' }
  }
  const key = await certificateKey(certificateUrl.href, network)
  if (!key) return { verdict: 'unavailable' }
  const signature = Buffer.from(textAt(json, 'Signature'), 'base64')
  return { verdict: isSigned(digest, signed, key, signature) ? 'genuine' : 'forged' }
}

/** Checks a signature. What is no signature at all may make `verify` throw. */
function isSigned(digest: string, text: string, key: KeyObject, signature: Buffer): boolean {
  try {
    return verifySignature(digest, Buffer.from(text), key, signature)
  } catch {
    return false
  }
}

/** Confirms a subscription. The message must have been verified. Returns false if Amazon could not be asked now. */
export async function confirmSubscription({ type, json }: SnsMessage, network: SnsNetwork): Promise<boolean> {
  if (type !== 'SubscriptionConfirmation') return true
  const url = amazonUrl(textAt(json, 'SubscribeURL'), network)
  // An address elsewhere is not for us to visit, today or later.
  if (!url) return true
  return (await fetched(url.href, network)) !== undefined
}

/** Returns `key\nvalue\n` of each key in order; undefined if a value other than the subject is missing or is no text. */
function signedText(json: object, keys: string[]): string | undefined {
  const lines: string[] = []
  for (const key of keys) {
    const value = valueAt(json, key) ?? undefined
    if (typeof value === 'string') lines.push(`${key}\n${value}\n`)
    else if (key !== 'Subject' || value !== undefined) return undefined
  }
  return lines.join('')
}

const AMAZON_HOST = /^sns\.[a-zA-Z0-9-]{3,}\.amazonaws\.com(\.cn)?$/

/** Returns an address of SNS; undefined for any other. */
function amazonUrl(text: string, { localOrigin }: SnsNetwork): URL | undefined {
  const url = URL.parse(text)
  if (url?.username !== '' || url.password !== '') return undefined
  if (localOrigin !== undefined && url.origin === localOrigin) return url
  return url.protocol === 'https:' && url.port === '' && AMAZON_HOST.test(url.hostname) ? url : undefined
}

/** Keys of this isolate by address. Each certificate has an address of its own, and there are few. */
const knownKeys = new Map<string, KeyObject>()
const MAX_KNOWN = 20

async function certificateKey(url: string, network: SnsNetwork): Promise<KeyObject | undefined> {
  const known = knownKeys.get(url)
  if (known) return known
  const key = keyOfCertificate(await fetched(url, network))
  if (!key) return undefined
  if (knownKeys.size >= MAX_KNOWN) knownKeys.clear()
  knownKeys.set(url, key)
  return key
}

function keyOfCertificate(pem: string | undefined): KeyObject | undefined {
  try {
    const key = pem === undefined ? undefined : new X509Certificate(pem).publicKey
    return key?.asymmetricKeyType === 'rsa' ? key : undefined
  } catch {
    return undefined
  }
}

async function fetched(url: string, network: SnsNetwork): Promise<string | undefined> {
  try {
    return await network.fetchText(url)
  } catch {
    return undefined
  }
}
