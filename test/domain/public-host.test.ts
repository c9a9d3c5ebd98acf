import { expect, it } from 'vitest'
import { isPublicHost } from '../../src/domain/public-host'

it.each([
  'smtp.example.com',
  'mail.shop.fr',
  'email-smtp.eu-west-1.amazonaws.com',
  'SMTP.Example.COM',
  'a.b.c.d.museum',
])('a name in the public DNS is taken: %s', (host) => expect(isPublicHost(host)).toBe(true))

it.each([
  ...['localhost', 'mail.localhost', 'db.internal', 'router.local', 'nas.home.arpa', 'x.lan', 'server', ''],
  ...['127.0.0.1', '10.0.0.1', '169.254.169.254', '[::1]', '::1', '0x7f.1', '2130706433', '0177.0.0.1', '1.2.3.0x7f'],
  ...['a..b', '-a.example', 'a_b.example.com', 'a.example.com/x', 'a.example.com:25', 'user@a.example.com', 'a b.com'],
])('anything that is none is refused: %s', (host) => expect(isPublicHost(host)).toBe(false))
