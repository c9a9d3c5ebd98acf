/** Reports on deliveries, in the formats of many servers. */
import { describe, expect, it } from 'vitest'
import { readBounce } from '../../../src/mail/bounce/read-bounce'
import { PROSE_SAMPLES } from './prose-samples'
import { STATUS_SAMPLES } from './status-samples'
import { fields, prose, report, returnedIds } from './write-bounce'

const read = (mail: string) => readBounce(new TextEncoder().encode(mail))

describe.each([
  ['with a status part', STATUS_SAMPLES],
  ['in prose', PROSE_SAMPLES],
])('a report %s', (_, samples) => {
  it.each(Object.entries(samples))('%s', async (_name, { mail, recipients }) => {
    const bounce = await read(mail)
    const found = bounce.kind === 'report' ? bounce.recipients.map((one) => [one.address, one.class]) : bounce.kind
    expect(found).toEqual(recipients)
  })

  it.each(Object.entries(samples))('with CRLF, and with CR alone: %s', async (_name, { mail, recipients }) => {
    for (const end of ['\r\n', '\r']) {
      const bounce = await read(mail.replaceAll('\n', end))
      const found = bounce.kind === 'report' ? bounce.recipients.map((one) => [one.address, one.class]) : bounce.kind
      expect(found).toEqual(recipients)
    }
  })
})

describe('what a report says beside the class', () => {
  it('is the status, the server’s words on one line, and the ids of our mail', async () => {
    const mail = report({ recipients: [fields('5.0.0', 'smtp; 550 5.1.1 <anna@example.org>\n   user unknown')] })
    expect(await read(mail)).toEqual({
      kind: 'report',
      recipients: [
        {
          address: 'anna@example.org',
          class: 'bounced_hard',
          status: '5.1.1',
          text: '550 5.1.1 <anna@example.org> user unknown',
        },
      ],
      ...returnedIds,
    })
  })

  it('has the ids also where the copy is part of the text', async () => {
    const mail = prose({
      subject: 'failure notice',
      notice: 'Hi. This is the qmail-send program.\n\n<anna@example.org>:\nNo such user\n',
      separator: '--- Below this line is a copy of the message.',
    })
    expect(await read(mail)).toMatchObject(returnedIds)
  })

  it('is at most 500 characters of text and 100 recipients', async () => {
    const recipients = Array.from({ length: 150 }, (_, index) =>
      fields('5.1.1', `smtp; 550 ${'x'.repeat(1_000)}`, 'failed', `a${index}@example.org`),
    )
    const bounce = await read(report({ recipients }))
    if (bounce.kind !== 'report') throw new Error(bounce.kind)
    expect(bounce.recipients).toHaveLength(100)
    expect(Math.max(...bounce.recipients.map(({ text }) => text.length))).toBe(500)
  })

  it('has no ids where nothing of our mail came back', async () => {
    const mail = prose({ subject: 'failure notice', notice: '<anna@example.org>:\nNo such user\n' })
    expect(await read(mail)).toMatchObject({ kind: 'report', messageId: undefined, deliveryId: undefined })
  })
})
