/** Parses the keys that encrypt merchants' secrets: `<id>:<32 bytes in base64>`, newest first, separated by commas. */

const KEY = /^([a-z0-9]{1,16}):([A-Za-z0-9+/]{43}=)$/

/** Parses the keys into bytes by id, in the order given; undefined when one of them is malformed. */
export function parseSecretKeys(text: string): Map<string, Uint8Array<ArrayBuffer>> | undefined {
  const found = text.split(',').map((part) => KEY.exec(part.trim()))
  if (found.includes(null)) return undefined
  return new Map(found.map((match) => [match?.[1] ?? '', Uint8Array.fromBase64(match?.[2] ?? '')]))
}
