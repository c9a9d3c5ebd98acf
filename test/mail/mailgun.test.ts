import { describe, expect, it } from 'vitest'
import { providerUrl } from '../../src/domain/provider'
import { KEY, outgoing, refusal, startProvider } from '../support/providers'

describe('mailgunMailer', () => {
  it('sends the stored bytes as they are, with our id, and switches tracking off', async () => {
    const { mailer, requests } = await startProvider('mailgun')
    const mail = outgoing()
    expect(await mailer.send(mail)).toEqual({ type: 'accepted', providerMessageId: 'id-1@mg.example', text: 'Queued.' })
    const [request] = await requests()
    expect(request).toMatchObject({
      path: '/v3/mg.example/messages.mime',
      headers: { authorization: `Basic ${btoa(`api:${KEY}`)}` },
    })
    const form = await new Response(request?.body, {
      headers: { 'content-type': request?.headers['content-type'] ?? '' },
    }).formData()
    const file = form.get('message')
    expect(file instanceof File && (await file.bytes())).toEqual(mail.mime)
    form.delete('message')
    expect(Object.fromEntries(form)).toEqual({
      to: 'zoe@example.org',
      'v:delivery': 'dlv_01KB0',
      'o:tracking': 'no',
      'o:tracking-clicks': 'no',
      'o:tracking-opens': 'no',
    })
  })

  it('knows the addresses of both regions', () => {
    expect(providerUrl('mailgun')).toBe('https://api.mailgun.net')
    expect(providerUrl('mailgun', 'eu')).toBe('https://api.eu.mailgun.net')
  })

  it.each([
    ['a wrong key', 401, 'Forbidden', 'pause', 'credentials_refused'],
    ['a key without rights', 403, { message: 'Invalid private key' }, 'pause', 'credentials_refused'],
    [
      'a domain that is switched off',
      403,
      { message: 'Domain mg.example is not allowed to send: disabled.' },
      'pause',
      'account_suspended',
    ],
    [
      'a domain that is not verified',
      403,
      { message: 'The domain is unverified and requires DNS configuration.' },
      'pause',
      'sender_not_verified',
    ],
    ['a domain of the other region', 404, { message: 'Domain not found: mg.example' }, 'pause', 'settings_refused'],
    ['an unknown path', 404, { message: 'Not found' }, 'permanent', 'message_refused'],
    [
      'an invalid recipient',
      400,
      { message: "'to' parameter is not a valid address. please check documentation" },
      'permanent',
      'address_invalid',
    ],
    ['an invalid request', 400, { message: 'Message is not parsable' }, 'permanent', 'message_refused'],
    ['a mail that is too large', 413, '<html>413 Request Entity Too Large</html>', 'permanent', 'message_too_large'],
    ['too many calls', 429, { message: 'Too many requests' }, 'retry', 'rate_limited'],
    ['an error of its own', 500, { message: 'Internal error' }, 'retry', 'server_busy'],
  ])('understands %s', async (_, status, body, type, reason) => {
    expect(await refusal('mailgun', status, body)).toMatchObject({ type, reason })
  })
})
