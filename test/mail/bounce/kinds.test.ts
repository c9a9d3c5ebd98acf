/** What arrives at the bounce address beside reports: complaints, automatic answers, and mails of people. */
import { describe, expect, it } from 'vitest'
import { readBounce } from '../../../src/mail/bounce/read-bounce'
import { fields, ourMail, prose, report, returnedIds } from './write-bounce'

const read = (mail: string) => readBounce(new TextEncoder().encode(mail))

const feedback = (type: string, more: string, returned = ourMail()) => `From: fbl@example.net
To: bounce@facteur.test
Subject: FW: Invoice 2026-014
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="=_f"

--=_f
Content-Type: text/plain

This is an email abuse report.

--=_f
Content-Type: message/feedback-report

Feedback-Type: ${type}
User-Agent: ExampleFBL/1.0
Version: 1
${more}

--=_f
Content-Type: message/rfc822

${returned}
--=_f--
`

describe('a complaint', () => {
  it('names its recipient and our mail', async () => {
    expect(await read(feedback('abuse', 'Original-Rcpt-To: <anna@example.org>'))).toEqual({
      kind: 'complaint',
      feedbackType: 'abuse',
      address: 'anna@example.org',
      ...returnedIds,
    })
  })

  it('with a redacted recipient has the ids of our mail alone', async () => {
    const mail = feedback('abuse', 'Original-Rcpt-To: redacted@example.org', ourMail('redacted@example.org'))
    expect(await read(mail)).toEqual({ kind: 'complaint', feedbackType: 'abuse', address: undefined, ...returnedIds })
  })

  it('takes the recipient of our mail where the report names none', async () => {
    expect(await read(feedback('fraud', 'Source-IP: 192.0.2.8'))).toMatchObject({
      kind: 'complaint',
      feedbackType: 'fraud',
      address: 'anna@example.org',
    })
  })

  it.each(['not-spam', 'auth-failure'])('is not: feedback of the type %s', async (type) => {
    expect(await read(feedback(type, ''))).toEqual({ kind: 'auto_reply' })
  })

  it('is what Hotmail sent before there was a standard', async () => {
    const mail = `From: staff@hotmail.test
To: bounce@facteur.test
X-HmXmrOriginalRecipient: anna@example.org
Subject: complaint about message from 192.0.2.8
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=_h"

--=_h
Content-Type: message/rfc822

${ourMail('')}
--=_h--
`
    expect(await read(mail)).toMatchObject({ kind: 'complaint', address: 'anna@example.org', ...returnedIds })
  })
})

const person = (headers: string, text: string) => `From: Anna Example <anna@example.org>
To: bounce@facteur.test
${headers}
Content-Type: text/plain; charset=utf-8

${text}
`

describe('an automatic answer', () => {
  it.each([
    ['RFC 3834', 'Subject: Away until May 5\nAuto-Submitted: auto-replied'],
    ['vacation of old', 'Subject: Re: Invoice\nPrecedence: auto_reply'],
    ['an autoresponder’s own header', 'Subject: Thank you\nX-Autoreply: yes'],
    ['Outlook', 'Subject: Automatic reply: Invoice 2026-014\nX-Auto-Response-Suppress: All'],
    ['German', 'Subject: Abwesenheitsnotiz: Invoice'],
    ['French', 'Subject: =?utf-8?Q?R=C3=A9ponse_automatique_:_Invoice?='],
    ['Italian', 'Subject: Risposta automatica: Invoice'],
    ['Japanese', 'Subject: =?utf-8?B?6Ieq5YuV5b+c562U?='],
    ['a challenge', 'Subject: Please confirm your message'],
    ['from the null sender', 'Return-Path: <>\nSubject: Out of office\nAuto-Submitted: auto-replied'],
    ['with nothing but the null sender', 'Return-Path: <>\nSubject: Thank you for your e-mail\nPrecedence: bulk'],
    ['Czech', 'Subject: =?utf-8?Q?Automatick=C3=A1_odpov=C4=9B=C4=8F?='],
  ])('is ignored: %s', async (_, headers) => {
    expect(await read(person(headers, 'I am away. Your message was not delivered to me by magic.'))).toEqual({
      kind: 'auto_reply',
    })
  })

  it('is a receipt, too (RFC 8098)', async () => {
    const mail = report({
      type: 'multipart/report; report-type=disposition-notification',
      statusType: 'message/disposition-notification',
      subject: 'Read: Invoice',
      recipients: ['Final-Recipient: rfc822;anna@example.org\nDisposition: manual-action/MDN-sent-manually; displayed'],
    })
    expect(await read(mail)).toEqual({ kind: 'auto_reply' })
  })
})

describe('a mail of a person', () => {
  it.each([
    ['an answer', 'Subject: Re: Invoice 2026-014', 'Thank you, I will pay on Monday.'],
    [
      'a complaint about a rejected delivery',
      'Subject: Delivery problem',
      'The parcel could not be delivered. Please call me.',
    ],
    [
      'an answer that quotes a report',
      'Subject: Re: Undelivered Mail Returned to Sender',
      'Why did this come back?\n\n> This is the mail system at host mx.example.net.\n> <ben@example.org>: 550 5.1.1 User unknown\n',
    ],
    [
      'a forwarded report',
      'Subject: Fwd: failure notice',
      'Hi. This is the qmail-send program at mx.example.net.\n\n<ben@example.org>:\n550 5.1.1 No such user\n',
    ],
    [
      'a report copied into a mail',
      'Subject: Mail trouble',
      'Dear all, look at this:\n\nFinal-Recipient: rfc822; ben@example.org\nAction: failed\nStatus: 5.1.1\n',
    ],
  ])('is handed on: %s', async (_, headers, text) => {
    expect(await read(person(headers, text))).toEqual({ kind: 'mail' })
  })

  it('is handed on, with a report attached', async () => {
    const attached = report({ recipients: [fields('5.1.1', 'smtp; 550 5.1.1 User unknown')] })
    const mail = `From: Operator <operator@example.net>
To: bounce@facteur.test
Subject: Mail trouble
Content-Type: multipart/mixed; boundary="=_o"

--=_o
Content-Type: text/plain

Could you look at this one?

--=_o
Content-Type: message/rfc822

${attached}
--=_o--
`
    expect(await read(mail)).toEqual({ kind: 'mail' })
  })

  it('is handed on from a postmaster who answers', async () => {
    const mail = prose({
      from: 'postmaster@example.net',
      subject: 'Re: Undelivered Mail',
      notice: '<ben@example.org>: 550 5.1.1 User unknown\n\nWe have repaired it.',
    })
    expect(await read(mail)).toEqual({ kind: 'mail' })
  })

  it('is handed on when it has no headers at all, and so is an empty one', async () => {
    expect(await read('hello')).toEqual({ kind: 'mail' })
    expect(await read('')).toEqual({ kind: 'mail' })
  })
})

describe('a report that says nothing', () => {
  it('is unclassified, though it calls itself automatic', async () => {
    const mail = `Return-Path: <>
From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>
To: bounce@facteur.test
Subject: Returned mail: see transcript for details
Auto-Submitted: auto-generated (failure)
Content-Type: multipart/report; report-type=delivery-status; boundary="=_n"

<<< No Message Collected >>>
`
    expect(await read(mail)).toEqual({ kind: 'unclassified' })
  })

  it('is unclassified', async () => {
    const mail = prose({ subject: 'Delivery Status Notification', notice: 'Something failed.' })
    expect(await read(mail)).toEqual({ kind: 'unclassified' })
  })
})
