import { AwsV4Signer } from 'aws4fetch'
import { describe, expect, it } from 'vitest'
import { PROVIDERS, providerUrl } from '../../src/domain/provider'
import { sesMailer } from '../../src/mail/ses'
import { KEY, NOW, outgoing, refusal, startProvider } from '../support/providers'

const error = (status: number, type: string, message: string) =>
  refusal('ses', status, { message }, { 'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/` })

describe('sesMailer', () => {
  it('sends the stored bytes as they are, with our id, signed for the region', async () => {
    const { mailer, requests } = await startProvider('ses')
    const mail = outgoing()
    expect(await mailer.send(mail)).toMatchObject({ type: 'accepted', providerMessageId: 'id-1' })
    const [request] = await requests()
    expect(request?.path).toBe('/v2/email/outbound-emails')
    expect(JSON.parse(request?.body ?? '')).toEqual({
      FromEmailAddress: 'notifications@mail.facteur.test',
      Destination: { ToAddresses: ['zoe@example.org'] },
      Content: { Raw: { Data: mail.mime.toBase64() } },
      EmailTags: [{ Name: 'delivery', Value: 'dlv_01KB0' }],
    })
    expect(request?.headers['x-amz-date']).toBe('20261124T093000Z')
    expect(request?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20261124\/eu-west-1\/ses\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*, Signature=[\da-f]{64}$/,
    )
  })

  it('signs what it sends, so that changed bytes have another signature', async () => {
    const { mailer, requests } = await startProvider('ses')
    await mailer.send(outgoing())
    await mailer.send(outgoing({ deliveryId: 'dlv_other' }))
    const [one, two] = await requests()
    expect(one?.headers.authorization).not.toBe(two?.headers.authorization)
  })

  it('names the configuration set and the token of temporary credentials', async () => {
    const calls: { headers: Headers; body: string }[] = []
    const options = {
      baseUrl: providerUrl('ses', 'eu-west-1'),
      now: () => NOW,
      fetch: async (_: RequestInfo | URL, init?: RequestInit) => {
        calls.push({ headers: new Headers(init?.headers), body: await new Response(init?.body).text() })
        return Response.json({ MessageId: 'x' })
      },
    }
    const settings = { region: 'eu-west-1', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: KEY }
    await sesMailer({ ...settings, configurationSet: 'facteur', sessionToken: 'token' }, options).send(outgoing())
    expect(calls[0]?.headers.get('x-amz-security-token')).toBe('token')
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({ ConfigurationSetName: 'facteur' })
  })

  /** Amazon's published example: `get-vanilla` of the Signature Version 4 test suite. */
  it('has signatures as Amazon documents them', async () => {
    const { headers } = await new AwsV4Signer({
      ...{ service: 'service', region: 'us-east-1', method: 'GET', url: 'https://example.amazonaws.com/' },
      ...{ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
      datetime: '20150830T123600Z',
    }).sign()
    expect(new Headers(headers).get('authorization')).toContain(
      'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    )
  })

  it('knows an address for each region', () => {
    for (const region of PROVIDERS.ses.regions) {
      expect(providerUrl('ses', region)).toBe(`https://email.${region}.amazonaws.com`)
    }
    expect(providerUrl('ses', 'evil.example/')).toBe('https://email.us-east-1.amazonaws.com')
  })

  it.each([
    ['a content that it refuses', 400, 'MessageRejected', 'Email contains a virus.', 'permanent', 'message_refused'],
    [
      'an address of the sandbox',
      400,
      'MessageRejected',
      'Email address is not verified. The following identities failed',
      'pause',
      'sender_not_verified',
    ],
    ['a bad request', 400, 'BadRequestException', 'Bad', 'permanent', 'message_refused'],
    ['an invalid recipient', 400, 'BadRequestException', 'Illegal address', 'permanent', 'address_invalid'],
    ['something that is not there', 404, 'NotFoundException', 'Nothing', 'permanent', 'message_refused'],
    [
      'an unknown configuration set',
      404,
      'NotFoundException',
      'Configuration set <x> does not exist.',
      'pause',
      'settings_refused',
    ],
    [
      'a rate that is too high',
      429,
      'TooManyRequestsException',
      'Maximum sending rate exceeded.',
      'retry',
      'rate_limited',
    ],
    ['throttling', 400, 'Throttling', 'Maximum sending rate exceeded.', 'retry', 'rate_limited'],
    ['a used up day', 429, 'TooManyRequestsException', 'Daily message quota exceeded.', 'pause', 'quota_exhausted'],
    ['a used up limit', 400, 'LimitExceededException', 'Limit', 'pause', 'quota_exhausted'],
    ['a suspended account', 400, 'AccountSuspendedException', 'Suspended', 'pause', 'account_suspended'],
    ['paused sending', 400, 'SendingPausedException', 'Paused', 'pause', 'account_suspended'],
    [
      'a MAIL FROM that is not verified',
      400,
      'MailFromDomainNotVerifiedException',
      'Not',
      'pause',
      'sender_not_verified',
    ],
    [
      'a wrong key',
      403,
      'UnrecognizedClientException',
      'The security token is invalid',
      'pause',
      'credentials_refused',
    ],
    ['a wrong clock', 403, 'InvalidSignatureException', 'Signature expired', 'pause', 'credentials_refused'],
    ['an error of its own', 500, 'InternalFailure', 'Oops', 'retry', 'server_busy'],
    ['maintenance', 503, 'ServiceUnavailable', 'Later', 'retry', 'server_busy'],
  ])('understands %s', async (_, status, name, message, type, reason) => {
    expect(await error(status, name, message)).toMatchObject({ type, reason, text: expect.stringContaining(message) })
  })

  it('finds the type of an error in the body where no header names it', async () => {
    const body = { __type: 'com.amazonaws.ses#SendingPausedException', message: 'Paused' }
    expect(await refusal('ses', 400, body)).toMatchObject({ type: 'pause', reason: 'account_suspended' })
  })
})
