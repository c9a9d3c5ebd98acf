import { describe, expect, it } from 'vitest'
import { isPublicAddress, parseTarget } from '../../src/domain/webhook-target'

describe('a target', () => {
  it.each([
    'https://shop.example.com/hooks?x=1',
    'https://shop.example.com:8443/',
    'https://8.8.8.8/',
    'https://[2606:4700::1]/',
  ])('is public: %s', (url) => expect(parseTarget(url, false)).toEqual({ ok: true, value: url }))

  it.each([
    ['http://shop.example.com/', 'target_plain'],
    ['ftp://shop.example.com/', 'target_invalid'],
    ['shop.example.com', 'target_invalid'],
    ['https://user:secret@shop.example.com/', 'target_invalid'],
    ['https://localhost/', 'target_private'],
    ['https://shop.internal/', 'target_private'],
    ['https://127.0.0.1/', 'target_private'],
    ['https://2130706433/', 'target_private'],
    ['https://0x7f.1/', 'target_private'],
    ['https://0177.0.0.1/', 'target_private'],
    ['https://169.254.169.254/latest/meta-data/', 'target_private'],
    ['https://[::1]/', 'target_private'],
    ['https://[::ffff:10.0.0.1]/', 'target_private'],
    ['https://[fd00::1]/', 'target_private'],
    ['https://[fe80::1]/', 'target_private'],
    ['https://１２７.0.0.1/', 'target_private'],
  ])('is refused: %s', (url, reason) => expect(parseTarget(url, false)).toEqual({ ok: false, reason }))

  it('may be private where the deployment allows it', () => {
    expect(parseTarget('http://127.0.0.1:8787/hooks', true).ok).toBe(true)
    expect(parseTarget('file:///etc/passwd', true).ok).toBe(false)
  })
})

describe('an address', () => {
  it.each(['1.1.1.1', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2a00:1450:4001::1'])('is public: %s', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.9.9.9', '169.254.1.1', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
    ...[
      '192.0.2.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1',
      '255.255.255.255',
      'no address',
      '1.2.3',
    ],
    ...[
      '::',
      '::1',
      '::ffff:8.8.8.8',
      '64:ff9b::8.8.8.8',
      'fc00::1',
      'fe80::1',
      'ff02::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2001::1',
    ],
  ])('is not public: %s', (address) => expect(isPublicAddress(address)).toBe(false))
})
