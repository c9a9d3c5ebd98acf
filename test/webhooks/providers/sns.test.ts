import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sesWebhook } from '../../../src/webhooks/providers/ses'
import { call, signSns, snsMessage, TOPIC } from '../../support/webhook-calls'

const pems = import.meta.glob<string>('../../support/tls/sns.pem', { query: '?raw', import: 'default', eager: true })
const pem = Object.values(pems)[0] ?? ''
const key = createPrivateKey(pem)

/** Each test has a certificate address of its own, since keys are remembered by it. */
let count = 0
const freshUrl = () => `https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-${++count}.pem`

function receiver(answer: string | Error = pem, localOrigin?: string) {
  const fetched: string[] = []
  const webhook = sesWebhook({
    async fetchText(url) {
      fetched.push(url)
      if (answer instanceof Error) throw answer
      return answer
    },
    ...(localOrigin && { localOrigin }),
  })
  const verdict = async (message: unknown, topics: string[] = [TOPIC]) =>
    (await webhook.verify(call(message), { keys: [], topics })).verdict
  return { webhook, fetched, verdict }
}

const signed = (change: object = {}) =>
  signSns(snsMessage({ eventType: 'Send' }, { SigningCertURL: freshUrl(), ...change }), key)

const SUBSCRIBE_URL = `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37`

const confirmation = (change: object = {}) =>
  signed({
    Type: 'SubscriptionConfirmation',
    Message: 'You have chosen to subscribe',
    Token: '2336412f37',
    SubscribeURL: SUBSCRIBE_URL,
    ...change,
  })

describe('a message of SNS', () => {
  it('is genuine under both versions of the signature, with and without a subject', async () => {
    const { verdict } = receiver()
    expect(await verdict(signed())).toBe('genuine')
    expect(await verdict(signed({ SignatureVersion: '1' }))).toBe('genuine')
    expect(await verdict(signed({ Subject: 'Amazon SES – Ereignis' }))).toBe('genuine')
    expect(await verdict({ ...signed(), Subject: null })).toBe('genuine')
    const { SigningCertURL, ...lambda } = signed()
    expect(await verdict({ ...lambda, SigningCertUrl: SigningCertURL })).toBe('genuine')
  })

  it('is forged once any signed part is changed, missing or of another type', async () => {
    const { verdict } = receiver()
    for (const name of ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type', 'Signature', 'SignatureVersion']) {
      for (const value of [undefined, null, '', 'other', 3, {}, ['x']]) {
        expect(await verdict({ ...signed(), [name]: value }, [TOPIC, 'other', '3']), `${name}: ${value}`).toBe('forged')
      }
    }
    expect(await verdict({ ...signed({ SignatureVersion: '2' }), SignatureVersion: '1' })).toBe('forged')
    expect(await verdict({ ...signed(), SignatureVersion: 'constructor' })).toBe('forged')
    expect(await verdict({ ...signed(), Subject: 'added' })).toBe('forged')
    expect(await verdict({ ...signed(), Subject: ['x'] })).toBe('forged')
  })

  it('of another topic is forged, and nothing is fetched for it', async () => {
    const { verdict, fetched } = receiver()
    expect(await verdict(signed({ TopicArn: `${TOPIC}-of-others` }))).toBe('forged')
    expect(await verdict(signed(), [])).toBe('forged')
    expect(await verdict(confirmation(), ['arn:aws:sns:eu-west-1:1:other'])).toBe('forged')
    expect(fetched).toEqual([])
  })

  it.each([
    'http://sns.eu-west-1.amazonaws.com/x.pem',
    'https://internetbadguys.example/cert.pem',
    'https://sns.eu-west-1.amazonaws.com/x.key',
    'https://sns.eu-west-1.amazonaws.com.evil.example/x.pem',
    'https://sns.eu-west-1.amazonaws.com:8443/x.pem',
    'https://user@sns.eu-west-1.amazonaws.com/x.pem',
    'https://user@evil.example/sns.eu-west-1.amazonaws.com/x.pem',
    'https://evil.example/?https://sns.eu-west-1.amazonaws.com/x.pem',
    'https://sns.eu.west.amazonaws.com/x.pem',
    'https://xsns.eu-west-1.amazonaws.com/x.pem',
    'https://127.0.0.1/x.pem',
    'file:///x.pem',
    'x.pem',
    '',
  ])('with its certificate at %s is forged, and nothing is fetched', async (SigningCertURL) => {
    const { verdict, fetched } = receiver()
    expect(await verdict(signed({ SigningCertURL }))).toBe('forged')
    expect(fetched).toEqual([])
  })

  it('from a region in China, or from the stand-in of local tests, is genuine', async () => {
    expect(await receiver().verdict(signed({ SigningCertURL: 'https://sns.cn-north-1.amazonaws.com.cn/a.pem' }))).toBe(
      'genuine',
    )
    const local = signed({ SigningCertURL: 'http://127.0.0.1:9324/a.pem' })
    expect(await receiver(pem, 'http://127.0.0.1:9324').verdict(local)).toBe('genuine')
    expect(await receiver(pem, 'http://127.0.0.1:9325').verdict(local)).toBe('forged')
  })

  it('waits for its certificate, which is fetched once', async () => {
    const message = signed()
    for (const answer of ['', 'no certificate', new Error('no network')]) {
      expect(await receiver(answer).verdict(message)).toBe('unavailable')
    }
    const { verdict, fetched } = receiver()
    expect(await verdict(message)).toBe('genuine')
    expect(await verdict(message)).toBe('genuine')
    expect(fetched).toHaveLength(1)
  })

  it.each(['', 'Successfully validated', '[]', '{"Type":"Notification"}', '{"Type":"constructor","TopicArn":"x"}'])(
    'that is none (%s) is forged',
    async (body) => {
      expect(await receiver().verdict(body)).toBe('forged')
    },
  )
})

describe('a subscription', () => {
  it('is confirmed at Amazon', async () => {
    const { webhook, verdict, fetched } = receiver()
    const message = confirmation()
    expect(await verdict(message)).toBe('genuine')
    expect(webhook.read(call(message))).toEqual([])
    expect(await webhook.confirm?.(call(message))).toBe(true)
    expect(fetched.at(-1)).toBe(SUBSCRIBE_URL)
  })

  it('is tried again while Amazon does not answer', async () => {
    const { webhook } = receiver(new Error('no network'))
    expect(await webhook.confirm?.(call(confirmation()))).toBe(false)
  })

  it('is confirmed nowhere else, and only when that was asked', async () => {
    const { webhook, fetched } = receiver()
    await webhook.confirm?.(call(confirmation({ SubscribeURL: 'https://evil.example/?Action=ConfirmSubscription' })))
    await webhook.confirm?.(call(confirmation({ SubscribeURL: undefined })))
    await webhook.confirm?.(call(signed()))
    await webhook.confirm?.(call({ ...confirmation(), Type: 'UnsubscribeConfirmation' }))
    expect(fetched).toEqual([])
  })
})
