/**
 * Encrypts merchants' secrets at rest with AES-GCM. Each key has an id, so that a deployment can change keys: the
 * newest one encrypts, all listed ones decrypt. `context` is authenticated too, so a value that is copied to another
 * place can't be decrypted.
 */

export interface SecretBox {
  /**
   * Encrypts a secret.
   * @param context the place that stores it: an account and a column
   */
  seal(secret: string, context: string): Promise<string>
  /** Decrypts a secret. Returns undefined if no listed key can, or if `context` is not the one it was encrypted for. */
  open(sealed: string | null, context: string): Promise<string | undefined>
}

const IV_BYTES = 12

/**
 * Returns a box that encrypts with these keys.
 * @param keys by id, the newest first
 */
export function createSecretBox(keys: Map<string, Uint8Array<ArrayBuffer>>): SecretBox {
  const imported = new Map<string, Promise<CryptoKey>>()
  const keyOf = (id: string): Promise<CryptoKey> | undefined => {
    const bytes = keys.get(id)
    if (!bytes) return undefined
    const key = imported.get(id) ?? crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
    imported.set(id, key)
    return key
  }
  const [newest = ''] = keys.keys()
  return {
    async seal(secret, context) {
      const key = await keyOf(newest)
      if (!key) throw new Error('no key to seal with')
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const sealed = await crypto.subtle.encrypt(parametersOf(iv, context), key, new TextEncoder().encode(secret))
      return [newest, iv.toBase64(), new Uint8Array(sealed).toBase64()].join(':')
    },
    async open(sealed, context) {
      const [id = '', iv = '', bytes = ''] = (sealed ?? '').split(':')
      const key = await keyOf(id)
      if (!key) return undefined
      try {
        const opened = await crypto.subtle.decrypt(
          parametersOf(Uint8Array.fromBase64(iv), context),
          key,
          Uint8Array.fromBase64(bytes),
        )
        return new TextDecoder().decode(opened)
      } catch {
        return undefined
      }
    },
  }
}

const parametersOf = (iv: Uint8Array<ArrayBuffer>, context: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(context),
})
