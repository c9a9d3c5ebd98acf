/** Payloads and signatures of others, which lie beside the project or not at all. */
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { textAt, valueAt } from '../../../src/domain/untrusted-json'
import { mailgunWebhook } from '../../../src/webhooks/providers/mailgun'
import { resendWebhook } from '../../../src/webhooks/providers/resend'
import { sendgridWebhook } from '../../../src/webhooks/providers/sendgrid'
import { sesWebhook } from '../../../src/webhooks/providers/ses'
import { vector } from '../../support/vectors'
import { call } from '../../support/webhook-calls'
import { READERS, type Reader } from '../../support/webhook-readers'

const readers: Record<string, Reader> = { ...READERS, mailgun: (payload) => mailgunWebhook.read(call(payload)) }

const Index = v.object({
  rows: v.array(
    v.object({ provider: v.string(), file: v.string(), case: v.string(), i: v.number(), expected_class: v.string() }),
  ),
})
const Vectors = v.object({ vectors: v.array(v.record(v.string(), v.unknown())) })

/** Finds a payload by the name that the index gives it, which each file spells its own way. */
function payloadOf(file: unknown, name: string, index: number): unknown {
  const numbered = /^(?:block|case)(\d+)$/.exec(name)?.[1]
  if (numbered !== undefined) {
    const block = valueAt(file, 'blocks', Number(numbered)) ?? valueAt(file, 'cases', Number(numbered), 'payload')
    return Array.isArray(block) ? block[index] : block
  }
  const example = /#(\d+)$/.exec(name)?.[1]
  if (example !== undefined) return valueAt(file, 'examples', Number(example), 'json')
  const cases = [valueAt(file, 'cases'), valueAt(file, 'verbatim'), valueAt(file, 'synthesized', 'cases')].flatMap(
    (list) => (Array.isArray(list) ? list : []),
  )
  const found = cases.find((one) => textAt(one, 'fixture').endsWith(`/${name}`) || textAt(one, 'name') === name)
  return valueAt(found, 'payload')
}

describe('payloads of others', () => {
  it('are of the class that their index names', async (context) => {
    const index = await vector('index.json')
    if (!index) return context.skip('no payloads beside the project')
    const wrong: string[] = []
    let missing = 0
    for (const row of v.parse(Index, index).rows) {
      const payload = payloadOf(await vector(row.file), row.case, row.i)
      if (payload === undefined) {
        missing++
        continue
      }
      const classes = [...new Set(readers[row.provider]?.(payload)?.map((event) => event.class))]
      if (classes.join() !== row.expected_class)
        wrong.push(`${row.file} ${row.case}: ${classes} ≠ ${row.expected_class}`)
    }
    expect(wrong).toEqual([])
    // Some rows of the index have no payload.
    expect(missing).toBeLessThan(10)
  })
})

describe('signatures of others', () => {
  const text = v.parser(v.fallback(v.string(), ''))

  it('verify as their authors say: Svix', async (context) => {
    const file = await vector('resend/svix-signature-vectors.json')
    if (!file) return context.skip('no signatures beside the project')
    for (const one of v.parse(Vectors, file).vectors) {
      const headers = {
        'webhook-id': text(one.id),
        'webhook-timestamp': text(one.timestamp),
        'webhook-signature': text(one.signature),
      }
      const at = Number(one.timestamp) * 1000
      const { verdict } = await resendWebhook.verify(call(one.body, headers, at), { keys: [text(one.secret)] })
      expect(verdict, text(one.source)).toBe(one.valid ? 'genuine' : 'forged')
    }
  })

  it('verify as their authors say: SendGrid', async (context) => {
    const file = await vector('sendgrid/ecdsa-signature-vectors.json')
    if (!file) return context.skip('no signatures beside the project')
    for (const one of v.parse(Vectors, file).vectors) {
      const headers = {
        'x-twilio-email-event-webhook-timestamp': text(one.timestamp),
        'x-twilio-email-event-webhook-signature': text(one.signature),
      }
      const at = Number(one.timestamp) * 1000 || 0
      const { verdict } = await sendgridWebhook.verify(call(one.body, headers, at), { keys: [text(one.public_key)] })
      expect(verdict, text(one.name)).toBe(one.valid ? 'genuine' : 'forged')
    }
  })

  it('verify as their authors say: Mailgun', async (context) => {
    const file = await vector('mailgun/hmac-signature-vectors.json')
    if (!file) return context.skip('no signatures beside the project')
    for (const { key, valid, ...signature } of v.parse(Vectors, file).vectors) {
      const at = Number(signature.timestamp) * 1000
      const { verdict } = await mailgunWebhook.verify(call({ signature }, {}, at), { keys: [text(key)] })
      expect(verdict).toBe(valid ? 'genuine' : 'forged')
    }
  })

  it('verify as their authors say: SNS', async (context) => {
    const file = await vector('ses/sns-signature-vectors.json')
    if (!file) return context.skip('no signatures beside the project')
    const webhook = sesWebhook({ fetchText: async () => textAt(file, 'certificate_pem') })
    for (const { name, message, valid } of v.parse(Vectors, file).vectors) {
      const topics = [textAt(message, 'TopicArn')]
      const { verdict } = await webhook.verify(call(message), { keys: [], topics })
      expect(verdict, text(name)).toBe(valid ? 'genuine' : 'forged')
    }
  })
})
