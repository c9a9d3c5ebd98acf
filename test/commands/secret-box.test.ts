import { describe, expect, it } from 'vitest'
import { createSecretBox } from '../../src/commands/secret-box'
import { parseSecretKeys } from '../../src/domain/secret-keys'

const key = (id: string, fill: number) => `${id}:${new Uint8Array(32).fill(fill).toBase64()}`
const [K1, K2] = [key('k1', 1), key('k2', 2)]

function boxOf(...keys: string[]) {
  const parsed = parseSecretKeys(keys.join(','))
  if (!parsed) throw new Error('malformed keys')
  return createSecretBox(parsed)
}

describe('a change of SECRET_KEYS', () => {
  it('encrypts with the new key, and decrypts with the old one while it is listed', async () => {
    const before = await boxOf(K1).seal('whsec_1', 'acc_1 live')
    const during = boxOf(K2, K1)
    const after = await during.seal('whsec_2', 'acc_1 live')
    expect([before.split(':')[0], after.split(':')[0]]).toEqual(['k1', 'k2'])
    expect(await during.open(before, 'acc_1 live')).toBe('whsec_1')
    expect(await during.open(after, 'acc_1 live')).toBe('whsec_2')
    expect(await boxOf(K2).open(after, 'acc_1 live')).toBe('whsec_2')
  })

  it('decrypts nothing whose key was removed or replaced under the same id', async () => {
    const sealed = await boxOf(K1).seal('whsec_1', 'acc_1 live')
    expect(await boxOf(K2).open(sealed, 'acc_1 live')).toBeUndefined()
    expect(await boxOf(key('k1', 2)).open(sealed, 'acc_1 live')).toBeUndefined()
  })
})

describe('a sealed secret', () => {
  it('can be decrypted only in its place, and unchanged', async () => {
    const box = boxOf(K1)
    const sealed = await box.seal('whsec_1', 'acc_1 live')
    expect(sealed).not.toContain('whsec')
    expect(await box.open(sealed, 'acc_2 live')).toBeUndefined()
    expect(await box.open(`${sealed.slice(0, -6)}AAAAA=`, 'acc_1 live')).toBeUndefined()
    expect(await box.open(null, 'acc_1 live')).toBeUndefined()
    expect(await box.open(await box.seal('whsec_1', 'acc_1 live'), 'acc_1 live')).toBe('whsec_1')
  })
})

describe('SECRET_KEYS', () => {
  it.each(['', 'k1', 'k1:short', `${K1},`, `K1:${'A'.repeat(43)}=`])('%j is malformed', (text) => {
    expect(parseSecretKeys(text)).toBeUndefined()
  })
})
