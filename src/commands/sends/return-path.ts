/**
 * Makes and reads the envelope sender of mails that leave over SMTP (VERP): `bounce+<delivery>.<proof>@BOUNCE_DOMAIN`, to which servers
 * report what became of the mail. Only we can have made the proof, so a report to such an address is about that delivery.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../../env'

type Keys = Pick<Config, 'SECRET_KEYS'>

/** 32 characters that survive servers that fold case. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
/** 100 bits. The local part has 54 characters, of the 64 that RFC 5321 allows. */
const PROOF_CHARS = 20

/** Returns the envelope sender for a mail; undefined if the deployment receives no reports. */
export function returnPath(config: Keys & Pick<Config, 'BOUNCE_DOMAIN'>, id: string): string | undefined {
  const [newest] = config.SECRET_KEYS.values()
  if (config.BOUNCE_DOMAIN === '' || !newest) return undefined
  const ulid = id.slice(-ULID_CHARS)
  return `bounce+${ulid}.${proofOf(newest, ulid)}@${config.BOUNCE_DOMAIN}`
}

const ULID_CHARS = 26
const RETURN_PATH = /\bbounce\+([0-7][0-9a-hjkmnp-tv-z]{25})\.([a-z2-7]{20})@/gi
/** Enough for the headers of a mail that went through many servers. */
const MAX_CANDIDATES = 20

/** Returns the delivery that a return path in the text proves; undefined if none does. Any key proves that still decrypts. */
export function deliveryProvenBy(config: Keys, text: string): string | undefined {
  for (const [, ulid = '', proof = ''] of [...text.matchAll(RETURN_PATH)].slice(0, MAX_CANDIDATES)) {
    const id = ulid.toLowerCase()
    const given = Buffer.from(proof.toLowerCase())
    const proves = [...config.SECRET_KEYS.values()].some((key) => timingSafeEqual(given, Buffer.from(proofOf(key, id))))
    if (proves) return `dlv_${id}`
  }
  return undefined
}

/** Uses a key of its own, derived from the one that encrypts. */
function proofOf(key: Uint8Array, ulid: string): string {
  const derived = createHmac('sha256', key).update('facteur return path').digest()
  const mac = createHmac('sha256', derived).update(ulid).digest()
  return Array.from(mac.subarray(0, PROOF_CHARS), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}
