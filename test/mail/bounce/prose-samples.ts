/** Reports in prose, one a family of servers, with made-up addresses. */
import type { Sample } from './status-samples'
import { ourMail, prose } from './write-bounce'

const anna = (recipientClass: string): Sample['recipients'] => [['anna@example.org', recipientClass]]

const QMAIL = `Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.
`
const QMAIL_COPY = '--- Below this line is a copy of the message.'
const EXIM = `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:
`
const EXIM_COPY = '------ This is a copy of the message, including all the headers. ------'

export const PROSE_SAMPLES: Record<string, Sample> = {
  'qmail: two recipients': {
    mail: prose({
      subject: 'failure notice',
      notice: `${QMAIL}
<anna@example.org>:
192.0.2.7 does not like recipient.
Remote host said: 550 5.1.1 <anna@example.org>: User unknown
Giving up on 192.0.2.7.

<ben@example.org>:
192.0.2.7 failed after I sent the message.
Remote host said: 552 5.2.2 mailbox full
`,
      separator: QMAIL_COPY,
    }),
    recipients: [
      ['anna@example.org', 'bounced_hard'],
      ['ben@example.org', 'bounced_soft'],
    ],
  },
  'qmail: no such host': {
    mail: prose({
      subject: 'failure notice',
      notice: `${QMAIL}\n<anna@example.org>:\nSorry, I couldn't find any host named example.org. (#5.1.2)\n`,
      separator: QMAIL_COPY,
    }),
    recipients: anna('bounced_hard'),
  },
  'qmail: a week in the queue': {
    mail: prose({
      subject: 'failure notice',
      notice: `${QMAIL}\n<anna@example.org>:\nSorry, I wasn't able to establish an SMTP connection. (#4.4.1)\nI'm not going to try again; this message has been in the queue too long.\n`,
      separator: QMAIL_COPY,
    }),
    recipients: anna('bounced_soft'),
  },
  'vpopmail: no mailbox here by that name': {
    mail: prose({
      subject: 'failure notice',
      notice: `${QMAIL}\n<anna@example.org>:\nSorry, no mailbox here by that name. vpopmail (#5.1.1)\n`,
      separator: QMAIL_COPY,
    }),
    recipients: anna('bounced_hard'),
  },
  'Exim: rejected by a remote server': {
    mail: prose({
      headers: 'X-Failed-Recipients: anna@example.org\nAuto-Submitted: auto-replied',
      subject: 'Mail delivery failed: returning message to sender',
      notice: `${EXIM}
  anna@example.org
    SMTP error from remote mail server after RCPT TO:<anna@example.org>:
    host mx.example.org [192.0.2.7]: 550 5.1.1 <anna@example.org>... User Unknown
`,
      separator: EXIM_COPY,
    }),
    recipients: anna('bounced_hard'),
  },
  'Exim: refused for its sender': {
    mail: prose({
      headers: 'X-Failed-Recipients: anna@example.org',
      subject: 'Mail delivery failed: returning message to sender',
      notice: `${EXIM}
  anna@example.org
    SMTP error from remote mail server after MAIL FROM:<bounce@facteur.test>:
    host mx.example.org [192.0.2.7]: 550 unknown user bounce
`,
      separator: EXIM_COPY,
    }),
    recipients: anna('bounced_soft'),
  },
  'Exim: a local part that does not exist': {
    mail: prose({
      subject: 'Mail delivery failed: returning message to sender',
      notice: `${EXIM}\n  anna@example.org\n    unknown local-part "anna" in domain "example.org"\n`,
      separator: EXIM_COPY,
    }),
    recipients: anna('bounced_hard'),
  },
  'Exim: a delay': {
    mail: prose({
      subject: 'Warning: message 1aBcDe-000000-00 delayed 24 hours',
      notice: `This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.example.net.

The address to which the message has not yet been delivered is:

  anna@example.org
    Delay reason: Connection timed out

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals if the message
remains undelivered.`,
    }),
    recipients: anna('deferred'),
  },
  'GMX: the address in quotes': {
    mail: prose({
      from: 'GMX Mailer Daemon <mailer-daemon@gmx.test>',
      subject: 'Mail delivery failed: returning message to sender',
      notice: `${EXIM}
"anna@example.org":
SMTP error from remote server after RCPT command:
host: mx.example.org
5.1.1 <anna@example.org>... User Unknown
`,
      separator: '--- The header of the original message is following. ---',
    }),
    recipients: anna('bounced_hard'),
  },
  'a German provider: reason in a line of its own': {
    mail: prose({
      from: 'Mail Delivery System <mailer-daemon@kunden.example.net>',
      subject: 'Mail delivery failed: returning message to sender',
      notice: `This message was created automatically by mail delivery software.

A message that you have sent could not be delivered to one or more
recipients. This is a permanent error. The following address failed:

  anna@example.org:

Reason:
SMTP error from remote server for TEXT command, host: mx.example.org (192.0.2.7) reason: 552 Message size exceeds limit
`,
      separator: '--- The header of the original message is following. ---',
    }),
    recipients: anna('bounced_soft'),
  },
  'sendmail 5: a transcript before the list': {
    mail: prose({
      subject: 'Returned mail: User unknown',
      notice: `   ----- Transcript of session follows -----
While talking to mx.example.org:
>>> RCPT To:<anna@example.org>
<<< 550 5.1.1 User unknown
550 anna@example.org... User unknown
`,
      separator: '   ----- Unsent message follows -----',
    }),
    recipients: anna('bounced_hard'),
  },
  'sendmail: two recipients in one transcript': {
    mail: prose({
      subject: 'Returned mail: see transcript for details',
      notice: `   ----- The following addresses had permanent fatal errors -----
<anna@example.org>
<ben@example.org>

   ----- Transcript of session follows -----
... while talking to mx.example.org.:
>>> RCPT To:<anna@example.org>
<<< 550 5.1.1 <anna@example.org>... User unknown
550 5.1.1 <anna@example.org>... User unknown
>>> RCPT To:<ben@example.org>
<<< 552 5.2.2 <ben@example.org>... Mailbox full
552 5.2.2 <ben@example.org>... Service unavailable
`,
      separator: '   ----- Original message follows -----',
    }),
    recipients: [
      ['anna@example.org', 'bounced_hard'],
      ['ben@example.org', 'bounced_soft'],
    ],
  },
  'sendmail: a warning': {
    mail: prose({
      subject: 'Warning: could not send message for past 4 hours',
      notice: `    **********************************************
    **      THIS IS A WARNING MESSAGE ONLY      **
    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **
    **********************************************

   ----- The following addresses had transient non-fatal errors -----
<anna@example.org>

   ----- Transcript of session follows -----
<anna@example.org>... Deferred: Connection timed out with mx.example.org.
Warning: message still undelivered after 4 hours
Will keep trying until message is 5 days old`,
    }),
    recipients: anna('deferred'),
  },
  'Postfix without a report part': {
    mail: prose({
      from: 'MAILER-DAEMON@example.net (Mail Delivery System)',
      subject: 'Undelivered Mail Returned to Sender',
      notice: `This is the mail system at host mx.example.net.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<anna@example.org>: host mx.example.org[192.0.2.7] said: 550 5.1.1
    <anna@example.org>: Recipient address rejected: User unknown in local
    recipient table (in reply to RCPT TO command)`,
    }),
    recipients: anna('bounced_hard'),
  },
  'Courier in prose': {
    mail: prose({
      from: '"Courier mail server at mx.example.net" <@>',
      headers: 'Return-Path: <>',
      subject: 'NOTICE: mail delivery status.',
      notice: `This is a delivery status notification from mx.example.net,
running the Courier mail server, version 0.65.2.

                           UNDELIVERABLE MAIL

Your message to the following recipients cannot be delivered:

<anna@example.org>:
    mx.example.org [192.0.2.7]:
    >>> RCPT TO:<anna@example.org>
    <<< 550 5.1.1 <anna@example.org>... User Unknown
`,
      separator: '---------------------------------------------------------------------------',
    }),
    recipients: anna('bounced_hard'),
  },
  'Google of old': {
    mail: prose({
      from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      headers: 'X-Failed-Recipients: anna@example.org',
      subject: 'Delivery Status Notification (Failure)',
      notice: `Delivery to the following recipient failed permanently:

     anna@example.org

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by the recipient domain. We recommend contacting the other email provider for further information about the cause of this error. The error that the other server returned was: 550 550 5.1.1 <anna@example.org>... User unknown (state 14).
`,
      separator: '----- Original message -----',
    }),
    recipients: anna('bounced_hard'),
  },
  'Google: no connection': {
    mail: prose({
      from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      subject: 'Delivery Status Notification (Failure)',
      notice: `Delivery to the following recipient failed permanently:

     anna@example.org

Technical details of permanent failure:
TEMP_FAILURE: Could not initiate SMTP conversation with any hosts:
[example.org (1): Connection timed out]
`,
      separator: '----- Original message -----',
    }),
    recipients: anna('bounced_soft'),
  },
  'a group that may not exist': {
    mail: prose({
      from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      headers: 'X-Failed-Recipients: cats@example.org',
      subject: 'Delivery Status Notification (Failure)',
      notice: `Hello bounce@facteur.test,

We're writing to let you know that the group you tried to contact (cats) may not exist, or you may not have permission to post messages to the group.`,
    }),
    recipients: [['cats@example.org', 'bounced_soft']],
  },
  'Exchange 2003': {
    mail: prose({
      from: 'postmaster@example.net',
      subject: 'Undeliverable: Invoice 2026-014',
      headers: 'X-Mailer: Internet Mail Service (5.5.2657.72)',
      notice: `Your message

  To:      anna@example.org
  Subject: Invoice 2026-014
  Sent:    Mon, 2 Nov 2026 10:00:00 +0000

did not reach the following recipient(s):

anna@example.org on Mon, 2 Nov 2026 10:00:02 +0000
    The recipient name is not recognized
    MSEXCH:IMS:EXAMPLE:SITE:HOST 0 (000C05A6) Unknown Recipient`,
    }),
    recipients: anna('bounced_hard'),
  },
  'Exchange: administrators’ details in prose': {
    mail: prose({
      from: 'Microsoft Exchange <postmaster@example.net>',
      headers: 'Return-Path: <>',
      subject: 'Undeliverable: Invoice 2026-014',
      notice: `Delivery has failed to these recipients or distribution lists:

anna@example.org<mailto:anna@example.org>
The recipient's mailbox is full and can't accept messages now.

Diagnostic information for administrators:

Generating server: mx.example.net

anna@example.org
#550 5.2.2 STOREDRV.Deliver; mailbox full ##`,
      separator: 'Original message headers:',
    }),
    recipients: anna('bounced_soft'),
  },
  'Notes: the reason first': {
    mail: prose({
      from: 'postmaster@example.net',
      subject: 'Delivery Failure Report',
      notice: `Your document: Invoice 2026-014
could not be delivered to:

------- Failure Reasons  --------

User not listed in public Name & Address Book
anna@example.org

Mailbox is over its quota
ben@example.org
`,
      separator: '------- Returned Message --------',
    }),
    recipients: [
      ['anna@example.org', 'bounced_hard'],
      ['ben@example.org', 'bounced_soft'],
    ],
  },
  'Domino in prose': {
    mail: prose({
      from: 'postmaster@example.net',
      subject: 'DELIVERY FAILURE: User anna (anna@example.org) not listed in Domino Directory',
      notice: `Your message

  Subject: Invoice 2026-014

was not delivered to:

  anna@example.org

because:

  User anna (anna@example.org) not listed in Domino Directory`,
    }),
    recipients: anna('bounced_hard'),
  },
  'Yahoo of old': {
    mail: prose({
      from: 'MAILER-DAEMON@yahoo.test',
      subject: 'Delivery failure',
      notice: `Message from yahoo.test.
Unable to deliver message to the following address(es).

<anna@example.org>:
This user doesn't have a yahoo.test account (anna@example.org) [0]
`,
      separator: '--- Original message follows.',
    }),
    recipients: anna('bounced_soft'),
  },
  'X6: errors in brackets': {
    mail: prose({
      subject: 'There was an error sending your mail',
      notice: `We had trouble delivering your message. Full details follow:

Subject: 'Invoice 2026-014'
Date: 'Mon, 2 Nov 2026 10:00:00 +0000'

1 error(s):

SMTP Server <mx.example.org> rejected recipient <anna@example.org>
  (Error following RCPT command). It responded as follows: [550 5.1.1 unknown user]`,
    }),
    recipients: anna('bounced_hard'),
  },
  'X1: the reason in brackets after the address': {
    mail: prose({
      from: '"Mail Deliver System" <mailer-daemon@example.net>',
      subject: 'Returned Mail: Invoice 2026-014',
      notice: `The original message was received at Mon, 2 Nov 2026 10:00:00 GMT
from facteur.test

---The following addresses had delivery problems---

anna@example.org [User unknown]`,
    }),
    recipients: anna('bounced_soft'),
  },
  'Activehunter: the address twice': {
    mail: prose({
      subject: 'FAILURE NOTICE :',
      notice: `  ----- The following addresses had permanent fatal errors -----

>>> anna@example.org <anna@example.org>

  ----- Transcript of session follows -----
550 sorry, no mailbox here by that name (#5.1.1 - chkusr)

`,
      separator: '----- Original message -----',
    }),
    recipients: anna('bounced_hard'),
  },
  'MailFoundry: three lines': {
    mail: prose({
      subject: 'Message delivery has failed',
      notice: `Unable to deliver message to: <anna@example.org>
Delivery failed for the following reason:
Server mx.example.org[192.0.2.7] failed with: 550 <anna@example.org> No such user here

This has been a permanent failure.  No further delivery attempts will be made.`,
    }),
    recipients: anna('bounced_soft'),
  },
  'MailMarshal: recipients below the reason': {
    mail: prose({
      from: '"Mail Delivery System" <postmaster@example.net>',
      subject: 'Undeliverable Mail: "Invoice 2026-014"',
      notice: `Your message:
   From:    bounce@facteur.test
   Subject: Invoice 2026-014
Could not be delivered because of

550 5.1.1 User unknown

The following recipients were affected:
    anna@example.org

Additional Information
======================`,
    }),
    recipients: anna('bounced_hard'),
  },
  'mFILTER: the server’s message in a section': {
    mail: prose({
      from: 'postmaster@example.net',
      subject: 'failure notice',
      notice: `anna@example.org

-------server message
550 5.1.1 <anna@example.org>... User unknown
`,
      separator: '-------original message',
    }),
    recipients: anna('bounced_hard'),
  },
  'InterScan: what was sent, what came back': {
    mail: prose({
      from: 'InterScan <postmaster@example.net>',
      subject: 'Mail could not be delivered',
      notice: `Sent >>> RCPT TO:<anna@example.org>
Received <<< 550 5.1.1 <anna@example.org>... user unknown

Unable to deliver message to <anna@example.org>.`,
    }),
    recipients: anna('bounced_hard'),
  },
  'IMail: a word and an address': {
    mail: prose({
      from: 'postmaster@example.net',
      subject: 'Undeliverable Mail',
      notice: 'Unknown user: anna@example.org\n',
      separator: 'Original message follows.',
    }),
    recipients: anna('bounced_hard'),
  },
  'SurfControl: the number of attempts': {
    mail: prose({
      from: 'postmaster@example.net',
      subject: 'Undeliverable message',
      notice: `Your message could not be sent.
A transcript of the attempts to send the message follows.
The number of attempts made: 1
Addressed To: anna@example.org

Mon, 2 Nov 2026 10:00:00 +0000
Failed to send to identified host,
anna@example.org: [192.0.2.7], 550 anna@example.org... No such user
`,
      separator: '--- Message non-deliverable.',
    }),
    recipients: anna('bounced_soft'),
  },
  'McAfee: the reason in parentheses': {
    mail: prose({
      subject: 'Undeliverable Mail',
      notice: `--- The following addresses had delivery problems ---

<anna@example.org>   (User unknown anna@example.org)
`,
      separator: '--- Original message headers ---',
    }),
    recipients: anna('bounced_soft'),
  },
  'Zoho: codes in words': {
    mail: prose({
      from: 'mailer-daemon@mail.zoho.test',
      subject: 'Undelivered Mail Returned to Sender',
      notice: `This message was created automatically by mail delivery software.
 A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

anna@example.org Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 <anna@example.org>... User Unknown
`,
    }),
    recipients: anna('bounced_hard'),
  },
  'Apache James: a table of the message': {
    mail: prose({
      from: 'postmaster@example.net',
      subject: '[BOUNCE]',
      notice: `This message has been bounced.

Message details:
  Subject: Invoice 2026-014
  MAIL FROM: bounce@facteur.test
  RCPT TO: anna@example.org
  From: invoices@facteur.test

Error message below:
550 - Requested action not taken: no such user here
`,
    }),
    recipients: anna('bounced_soft'),
  },
  'DragonFly mail agent': {
    mail: prose({
      subject: 'Mail delivery failed',
      notice: `This is the DragonFly Mail Agent v0.13 at mx.example.net.

There was an error delivering your mail to <anna@example.org>.

mx.example.org [192.0.2.7] did not like our RCPT TO:
550 5.1.1 <anna@example.org>: Recipient address rejected: User unknown
`,
      separator: 'Message headers follow.',
    }),
    recipients: anna('bounced_hard'),
  },
  'a mobile operator: the mailbox is full': {
    mail: prose({
      from: 'no-reply@example.net',
      subject: 'Mail delivery failed',
      notice: `Your mail sent on: Mon, 2 Nov 2026 10:00:00 +0900
    Could not be delivered to: <anna@example.org>
    As their mailbox is full.`,
    }),
    recipients: anna('bounced_soft'),
  },
  'a mobile operator: disabled for the moment': {
    mail: prose({
      from: 'Postmaster@example.net',
      subject: 'Mail System Error - Returned Mail',
      notice: `The user(s) account is temporarily limited.

<anna@example.org>
`,
    }),
    recipients: anna('bounced_soft'),
  },
  'a mobile operator: a recipient in a list': {
    mail: prose({
      from: 'Postmaster@example.net',
      subject: 'Mail System Error - Returned Mail',
      notice: `Each of the following recipients was rejected by a remote mail server.

    Recipient: <anna@example.org>
    >>> RCPT TO:<anna@example.org>
    <<< 550 <anna@example.org>: User unknown
`,
    }),
    recipients: anna('bounced_hard'),
  },
  'German words': {
    mail: prose({
      subject: 'Mail-Zustellung fehlgeschlagen: Undelivered Mail',
      notice: `Ihre Nachricht konnte nicht zugestellt werden.

anna@example.org
    550 Empfänger unbekannt (in reply to RCPT TO command)`,
    }),
    recipients: anna('bounced_hard'),
  },
  'French words, in quoted-printable': {
    mail: prose({
      subject: 'Undelivered Mail',
      headers: 'Content-Transfer-Encoding: quoted-printable',
      notice: `Votre message n'a pas pu =EAtre remis.

<anna@example.org>:
    La bo=EEte de ce destinataire est pleine`,
      contentType: 'text/plain; charset=iso-8859-1',
    }),
    recipients: anna('bounced_soft'),
  },
  'Russian words': {
    mail: prose({
      subject: 'Недоставленное сообщение',
      notice: `Ваше сообщение не может быть доставлено.

anna@example.org
    550 Пользователь не найден (in reply to RCPT TO command)`,
    }),
    recipients: anna('bounced_hard'),
  },
  'Chinese words, in base64': {
    mail: prose({
      subject: '=?utf-8?B?6YCA5L+h?=',
      headers: 'Content-Transfer-Encoding: base64',
      notice: new TextEncoder().encode('您的邮件无法投递：\n\nanna@example.org\n550 5.1.1 用户不存在\n').toBase64(),
    }),
    recipients: anna('bounced_hard'),
  },
  'Japanese words, in ISO-2022-JP that no header announces': {
    mail: prose({
      subject: 'Undeliverable',
      contentType: 'text/plain',
      // "The address does not exist"
      notice: 'anna@example.org\n\x1b$B08@h$,B8:_$7$^$;$s\x1b(B (in reply to RCPT TO command)\n',
    }),
    recipients: anna('bounced_hard'),
  },
  'HTML alone': {
    mail: prose({
      subject: 'Undeliverable',
      contentType: 'text/html; charset=utf-8',
      notice:
        '<html><head><style>p { color: red }</style></head><body><p>Delivery has failed to these recipients:</p><p>anna@example.org</p><p>550 5.1.1 no such user &amp; no alias</p></body></html>',
    }),
    recipients: anna('bounced_hard'),
  },
  'no address but the one that our mail was for': {
    mail: prose({
      subject: 'Delivery failed',
      notice: 'Your message could not be delivered: the mailbox of the recipient does not exist.',
      separator: '----- Original message -----',
    }),
    recipients: anna('bounced_soft'),
  },
  'Amazon SES by SNS': {
    mail: prose({
      from: 'AWS Notifications <no-reply@sns.amazonaws.com>',
      subject: 'AWS Notification Message',
      notice: `${JSON.stringify({
        notificationType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          bouncedRecipients: [
            {
              emailAddress: 'anna@example.org',
              action: 'failed',
              status: '5.1.1',
              diagnosticCode: 'smtp; 550 5.1.1 user unknown',
            },
          ],
        },
        mail: { messageId: '0000' },
      })}\n\n--\nIf you wish to stop receiving notifications from this topic, please click the link below`,
    }),
    recipients: anna('bounced_hard'),
  },
  'a mail from a mailbox file, with its line before the headers': {
    mail: `From MAILER-DAEMON Mon Nov  2 10:05:00 2026\n${prose({
      subject: 'failure notice',
      notice: `${QMAIL}\n<anna@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n`,
      separator: QMAIL_COPY,
    })}`,
    recipients: anna('bounced_hard'),
  },
  'a status block in plain text, without MIME': {
    mail: prose({
      subject: 'Delivery Status Notification (Failure)',
      notice: `This is a MIME-encapsulated message

--boundary
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; anna@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--boundary
Content-Type: message/rfc822

${ourMail()}`,
    }),
    recipients: anna('bounced_hard'),
  },
  'Dovecot: a refusal in the shape of a receipt': {
    mail: `From: Mail Delivery Subsystem <admin@example.net>
To: bounce@facteur.test
Subject: Automatically rejected mail
Auto-Submitted: auto-replied (rejected)
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="=_d"

--=_d
Content-Type: text/plain; charset=utf-8

Your message to <anna@example.org> was automatically rejected:
Quota exceeded

--=_d
Content-Type: message/disposition-notification

Final-Recipient: rfc822; anna@example.org
Disposition: automatic-action/MDN-sent-automatically; deleted

--=_d
Content-Type: message/rfc822

${ourMail()}
--=_d--
`,
    recipients: anna('bounced_soft'),
  },
  'MailEnable: the protocol before the address': {
    mail: prose({
      from: '"Delivery Subsystem" <POSTMASTER@example.net>',
      subject: 'Message Delivery Failure',
      headers: 'Auto-Submitted: auto-replied',
      notice: `MailEnable: Message could not be delivered to some recipients.
The following recipient(s) could not be reached:

    Recipient: [SMTP:anna@example.org]
    Reason: Remote SMTP Server Returned: 550 Requested action not taken: mailbox unavailable
`,
      separator: 'Message headers follow:',
    }),
    recipients: anna('bounced_hard'),
  },
  'Exchange: an address in X.400': {
    mail: prose({
      from: 'System Administrator <postmaster@example.net>',
      subject: 'Undeliverable: Invoice 2026-014',
      notice: `Your message

  To:      invoices@facteur.test
  Subject: Invoice 2026-014

did not reach the following recipient(s):

c=US;a= ;p=EXAMPLE;o=Site;dda:SMTP=anna@example.org; on Mon, 2 Nov 2026 17:12:28 -0400
    The recipient name is not recognized
`,
    }),
    recipients: anna('bounced_hard'),
  },
  'sendmail: a program, and the address that led to it': {
    mail: prose({
      subject: 'Returned mail: see transcript for details',
      notice: `   ----- The following addresses had permanent fatal errors -----
"|/usr/local/bin/filter -u anna"
    (reason: Can't create output)
    (expanded from: <anna@example.org>)
`,
    }),
    recipients: anna('bounced_soft'),
  },
  'a reply that is broken where it names the address': {
    mail: prose({
      from: 'MAILER-DAEMON@example.net (Mail Delivery System)',
      subject: 'Undelivered Mail Returned to Sender',
      notice: `<anna@example.org>: host mx.example.org[192.0.2.7] said: 550
    <anna@example.org>: User unknown (in reply to RCPT TO command)`,
    }),
    recipients: anna('bounced_hard'),
  },
  'a sentence, from the empty sender': {
    mail: prose({
      from: '<>',
      subject: '',
      headers: 'Auto-Submitted: auto-replied\nReturn-Path: <>',
      notice: "You sent mail to anna@example.org. That's not a valid user here.",
    }),
    recipients: anna('bounced_soft'),
  },
  'Postfix of old: no code, but a refusal of RCPT TO': {
    mail: prose({
      from: 'MAILER-DAEMON@example.net (Mail Delivery System)',
      subject: 'Undelivered Mail Returned to Sender',
      notice: `This is the Postfix program at host mx.example.net.

<anna@example.org>: host mx.example.org[192.0.2.7] said: 550
    <anna@example.org>: Recipient address rejected: User unknown in local
    recipient table (in reply to RCPT TO command)`,
    }),
    recipients: anna('bounced_hard'),
  },
  'qmail: no code, but a recipient that the server does not like': {
    mail: prose({
      subject: 'failure notice',
      notice: `${QMAIL}
<anna@example.org>:
192.0.2.7 does not like recipient.
Remote host said: 550 No such user here
Giving up on 192.0.2.7.
`,
      separator: QMAIL_COPY,
    }),
    recipients: anna('bounced_hard'),
  },
  'qmail: the same words after the whole mail': {
    mail: prose({
      subject: 'failure notice',
      notice: `${QMAIL}
<anna@example.org>:
192.0.2.7 failed after I sent the message.
Remote host said: 550 No such user here
`,
      separator: QMAIL_COPY,
    }),
    recipients: anna('bounced_soft'),
  },
  'sendmail 5: several servers in one transcript': {
    mail: prose({
      subject: 'Returned mail: Deferred: Connection timed out',
      notice: `   ----- Transcript of session follows -----
While talking to mx.example.com:
>>> DATA
<<< 554 Your mail is redundant
554 <carl@example.com>... Remote protocol error
550 example.net (smtp)... 550 Host unknown
554 <ben@example.net>... 550 Host unknown (Authoritative answer from name server)
While talking to mx.example.org:
>>> RCPT To:<anna@example.org>
<<< 550 No such user here
550 <anna@example.org>... User unknown
`,
      separator: '   ----- Unsent message follows -----',
    }),
    recipients: [
      ['carl@example.com', 'bounced_soft'],
      ['ben@example.net', 'bounced_hard'],
      ['anna@example.org', 'bounced_hard'],
    ],
  },
  'OpenSMTPD: a link in the reply': {
    mail: prose({
      subject: 'Delivery status notification: error',
      notice: `    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.

anna@example.org: 550 5.1.1 https://support.example.org/mail?p=6596 - gsmtp
`,
      separator: '    Below is a copy of the original message:',
    }),
    recipients: anna('bounced_hard'),
  },
  'Verizon: a report that is an answer': {
    mail: prose({
      from: 'post_master@example.net',
      subject: 'Re:Invoice 2026-014',
      notice: `Error: Invalid user address

Error message below:
550 - Requested action not taken: no such user here

Message details:
  MAIL FROM: bounce@facteur.test
  RCPT TO: anna@example.org
`,
    }),
    recipients: anna('bounced_soft'),
  },
  'au: the null sender, and a subject that says nothing': {
    mail: prose({
      from: 'no-reply@example.net',
      subject: 'Mail',
      headers: 'Return-Path: <>',
      notice: `Your mail sent on: Thu, 29 Apr 2013 00:00:00 +0900
     Could not be delivered to: <anna@example.org>
     As their mailbox is full.
`,
    }),
    recipients: anna('bounced_soft'),
  },
  'a type without its semicolon': {
    mail: prose({
      subject: 'Undeliverable Mail',
      contentType: 'text/plain charset="us-ascii"',
      notice: '--- The following addresses had delivery problems ---\n\n<anna@example.org> (550 5.1.1 no such user)\n',
    }),
    recipients: anna('bounced_hard'),
  },
}
