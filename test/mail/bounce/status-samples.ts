/** Reports with a status part, in the shapes that servers give it. */
import { fields, report } from './write-bounce'

export interface Sample {
  mail: string
  recipients: [address: string, recipientClass: string][]
}

const anna = (recipientClass: string): Sample['recipients'] => [['anna@example.org', recipientClass]]

export const STATUS_SAMPLES: Record<string, Sample> = {
  'Postfix: user unknown': {
    mail: report({
      recipients: [
        fields(
          '5.1.1',
          'smtp; 550 5.1.1 <anna@example.org>: Recipient address rejected:\n    User unknown in virtual mailbox table',
        ),
      ],
    }),
    recipients: anna('bounced_hard'),
  },
  'Postfix: gave up on a greeting that never came': {
    mail: report({
      recipients: [fields('4.4.1', 'X-Postfix; connect to mx.example.org[192.0.2.7]:25:\n    Connection timed out')],
    }),
    recipients: anna('bounced_soft'),
  },
  'Postfix: no such host': {
    mail: report({
      recipients: [
        fields(
          '5.4.4',
          'X-Postfix; Host or domain name not found. Name service error\n    for name=example.org type=A: Host not found',
        ),
      ],
    }),
    recipients: anna('bounced_hard'),
  },
  'Postfix: a domain that accepts no mail (RFC 7505)': {
    mail: report({ recipients: [fields('5.1.0', 'X-Postfix; Domain example.org does not accept mail\n    (nullMX)')] }),
    recipients: anna('bounced_hard'),
  },
  'Postfix: a delay': {
    mail: report({
      subject: 'Delayed Mail (still being retried)',
      recipients: [
        `${fields('4.2.2', 'smtp; 452 4.2.2 The email account that you tried to reach is over quota', 'delayed')}\nWill-Retry-Until: Sat, 7 Nov 2026 10:00:00 +0000`,
      ],
    }),
    recipients: anna('deferred'),
  },
  'Postfix: delivered, as was asked for': {
    mail: report({
      subject: 'Successful Mail Delivery Report',
      recipients: [fields('2.0.0', 'smtp; 250 2.0.0 Ok: queued', 'relayed')],
    }),
    recipients: anna('delivered'),
  },
  'Postfix: the sender was refused, by words that fit an address': {
    mail: report({
      recipients: [
        fields(
          '5.1.8',
          'smtp; 550 5.1.8 <bounce@facteur.test>: Sender address\n    rejected: Domain not found (in reply to MAIL FROM command)',
        ),
      ],
    }),
    recipients: anna('bounced_soft'),
  },
  'three recipients with three fates': {
    mail: report({
      recipients: [
        fields('5.1.1', 'smtp; 550 5.1.1 No such user', 'failed', 'a@example.org'),
        fields('5.2.2', 'smtp; 552 5.2.2 Mailbox full', 'failed', 'b@example.org'),
        fields('4.0.0', 'smtp; 451 try later', 'delayed', 'c@example.org'),
      ],
    }),
    recipients: [
      ['a@example.org', 'bounced_hard'],
      ['b@example.org', 'bounced_soft'],
      ['c@example.org', 'deferred'],
    ],
  },
  'two recipients without a blank line between them': {
    mail: report({
      recipients: [
        `${fields('5.1.1', 'smtp; 550 5.1.1 No such user', 'failed', 'a@example.org')}\n${fields('5.2.2', 'smtp; 552 5.2.2 Mailbox full', 'failed', 'b@example.org')}`,
      ],
    }),
    recipients: [
      ['a@example.org', 'bounced_hard'],
      ['b@example.org', 'bounced_soft'],
    ],
  },
  'Exim: action before the recipient, the reason in words': {
    mail: report({
      headers: 'X-Failed-Recipients: anna@example.org\nAuto-Submitted: auto-replied',
      notice:
        'This message was created automatically by mail delivery software.\n\n  anna@example.org\n    Unrouteable address',
      recipients: ['Action: failed\nFinal-Recipient: rfc822;anna@example.org\nStatus: 5.0.0'],
    }),
    recipients: anna('bounced_hard'),
  },
  'Exim: retry time exceeded': {
    mail: report({
      notice: 'A message could not be delivered.\n\n  anna@example.org\n    retry timeout exceeded\n',
      recipients: ['Action: failed\nFinal-Recipient: rfc822;anna@example.org\nStatus: 5.0.0'],
    }),
    recipients: anna('bounced_soft'),
  },
  'sendmail: capital letters, and a comment after the status': {
    mail: report({
      recipients: [
        'Final-Recipient: RFC822; <anna@example.org>\nAction: Failed\nStatus: 5.1.1 (bad destination mailbox address)\nRemote-MTA: DNS; mx.example.org\nDiagnostic-Code: SMTP; 550 5.1.1 <anna@example.org>... User unknown\nLast-Attempt-Date: Mon, 2 Nov 2026 10:00:02 +0000',
      ],
    }),
    recipients: anna('bounced_hard'),
  },
  'sendmail: the transcript alone says why': {
    mail: report({
      notice: `   ----- The following addresses had permanent fatal errors -----
<anna@example.org>
    (reason: 550 5.2.1 This mailbox has been suspended)

   ----- Transcript of session follows -----
... while talking to mx.example.org.:
>>> RCPT To:<anna@example.org>
<<< 550 5.2.1 This mailbox has been suspended
550 5.1.1 <anna@example.org>... User unknown`,
      recipients: ['Final-Recipient: RFC822; anna@example.org\nAction: failed\nStatus: 5.0.0'],
    }),
    recipients: anna('bounced_soft'),
  },
  'sendmail: after five days': {
    mail: report({
      notice: `   ----- The following addresses had permanent fatal errors -----
<anna@example.org>

   ----- Transcript of session follows -----
<anna@example.org>... Deferred: Connection refused by mx.example.org.
Message could not be delivered for 5 days
Message will be deleted from queue`,
      recipients: ['Final-Recipient: RFC822; anna@example.org\nAction: failed\nStatus: 4.4.7'],
    }),
    recipients: anna('bounced_soft'),
  },
  'Courier: no enhanced code': {
    mail: report({ recipients: [fields('5.0.0', 'smtp; 550 No such user here')] }),
    recipients: anna('bounced_soft'),
  },
  'OpenSMTPD: the reason in the text, the part in multipart/mixed': {
    mail: report({
      type: 'multipart/mixed',
      subject: 'Delivery status notification: error',
      notice: 'Hi!\n\nThis is the MAILER-DAEMON.\n\nanna@example.org: 550 5.1.1 No such user here',
      recipients: [fields('5.0.0', '')],
    }),
    recipients: anna('bounced_hard'),
  },
  'Exchange 2007: no such recipient': {
    mail: report({
      from: 'postmaster@example.org',
      subject: 'Undeliverable: Invoice 2026-014',
      recipients: [
        'Final-recipient: RFC822;anna@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found',
      ],
    }),
    recipients: anna('bounced_hard'),
  },
  'Exchange Online: only for people of the group': {
    mail: report({
      from: 'postmaster@example.org',
      recipients: [
        fields(
          '5.7.133',
          'smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated',
        ),
      ],
    }),
    recipients: anna('bounced_soft'),
  },
  'Exchange Online: rejected at the edge, since the directory has no such address': {
    mail: report({
      recipients: [
        fields(
          '5.4.1',
          'smtp;550 5.4.1 Recipient address rejected: Access denied. AS(201806281)\n [DB1.eop-eur01.prod.protection.outlook.com]',
        ),
      ],
    }),
    recipients: anna('bounced_hard'),
  },
  'Google: an account that does not exist, over many lines': {
    mail: report({
      from: 'mailer-daemon@googlemail.com',
      subject: 'Delivery Status Notification (Failure)',
      recipients: [
        fields(
          '5.1.1',
          "smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try\n 550-5.1.1 double-checking the recipient's email address for typos or\n 550 5.1.1 unnecessary spaces. https://support.google.com/mail/?p=NoSuchUser - gsmtp",
        ),
      ],
    }),
    recipients: anna('bounced_hard'),
  },
  'Google: a disabled account may come back': {
    mail: report({
      recipients: [fields('5.2.1', 'smtp; 550-5.2.1 The email account that you tried to reach is disabled.')],
    }),
    recipients: anna('bounced_soft'),
  },
  'Google: unauthenticated mail': {
    mail: report({
      recipients: [
        fields(
          '5.7.26',
          "smtp; 550-5.7.26 Unauthenticated email from facteur.test is not accepted due to domain's DMARC policy.",
        ),
      ],
    }),
    recipients: anna('bounced_soft'),
  },
  'Yahoo: no account': {
    mail: report({
      recipients: [
        fields(
          '5.0.0',
          "smtp; 554 delivery error: dd This user doesn't have a yahoo.test account (anna@example.org) [0] - mta1.example.org",
        ),
      ],
    }),
    recipients: anna('bounced_hard'),
  },
  'Amazon SES: 5.1.0, and the truth inside': {
    mail: report({
      from: 'MAILER-DAEMON@amazonses.com',
      recipients: [
        fields(
          '5.0.0 (permanent failure)',
          "smtp; 5.1.0 - Unknown address error 550-'5.2.2 <anna@example.org>... over quota' (delivery attempts: 0)",
        ),
      ],
    }),
    recipients: anna('bounced_soft'),
  },
  'SendGrid: no type before the diagnostic': {
    mail: report({ recipients: [fields('5.1.1', '550 5.1.1 <anna@example.org>... Unknown user account')] }),
    recipients: anna('bounced_hard'),
  },
  'Domino: not in the directory': {
    mail: report({
      from: 'Postmaster@example.org',
      subject: 'DELIVERY FAILURE: User anna (anna@example.org) not listed in Domino Directory',
      recipients: [fields('5.1.1', 'X-Notes; User anna (anna@example.org) not listed in Domino Directory')],
    }),
    recipients: anna('bounced_hard'),
  },
  'IronPort: address rejected': {
    mail: report({ recipients: [fields('5.1.0', 'smtp; 550 #5.1.0 Address rejected.')] }),
    recipients: anna('bounced_hard'),
  },
  'Mimecast: refused by policy under 550': {
    mail: report({ recipients: [fields('5.0.0', 'smtp; 550 Administrative prohibition - envelope blocked')] }),
    recipients: anna('bounced_soft'),
  },
  'Proofpoint: blocked address of the sender': {
    mail: report({
      recipients: [fields('5.0.0', 'smtp; 554 Blocked - see https://ipcheck.example.org/?ip=192.0.2.8')],
    }),
    recipients: anna('bounced_soft'),
  },
  'Barracuda: spam': {
    mail: report({
      recipients: [
        fields('5.0.0', 'smtp; 550 permanent failure for one or more recipients (anna@example.org:blocked as spam)'),
      ],
    }),
    recipients: anna('bounced_soft'),
  },
  'T-Online: relaying': {
    mail: report({ recipients: [fields('5.0.0', 'smtp; 550 relay not permitted, user unknown to us')] }),
    recipients: anna('bounced_soft'),
  },
  'moved for good': {
    mail: report({ recipients: [fields('5.1.6', 'smtp; 551 5.1.6 User has moved; please try <anna@example.com>')] }),
    recipients: anna('bounced_hard'),
  },
  'a mobile operator that filters after the whole mail': {
    mail: report({
      recipients: [fields('5.0.0', 'smtp; 550 Unknown user anna@example.org (in reply to end of DATA command)')],
    }),
    recipients: anna('bounced_soft'),
  },
  'a status of 5.0.0 and no words at all': {
    mail: report({ notice: 'Sorry.', recipients: [fields('5.0.0', '')] }),
    recipients: anna('bounced_soft'),
  },
  'an action of its own: expired': {
    mail: report({ recipients: [fields('5.4.7', 'smtp; 550 user unknown', 'expired')] }),
    recipients: anna('bounced_soft'),
  },
  'a local user as final recipient': {
    mail: report({
      recipients: [
        'Original-Recipient: rfc822;anna@example.org\nFinal-Recipient: LOCAL;<anna>\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: X-Unix; user unknown',
      ],
    }),
    recipients: anna('bounced_hard'),
  },
  'a path as final recipient: our own mail says whose it is': {
    mail: report({
      recipients: [
        'Final-Recipient: rfc822;/home/anna/mail\nAction: failed\nStatus: 5.2.0\nDiagnostic-Code: X-Local; disk full',
      ],
    }),
    recipients: anna('bounced_soft'),
  },
  'a diagnostic whose lines are not indented': {
    mail: report({
      recipients: [
        'Final-Recipient: rfc822; anna@example.org\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550-The mail was refused\n550 mailbox not found',
      ],
    }),
    recipients: anna('bounced_soft'),
  },
  'an internationalised report (RFC 6533)': {
    mail: report({
      statusType: 'message/global-delivery-status',
      returned: 'message/global-headers',
      recipients: [
        'Final-Recipient: utf-8; anna@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user',
      ],
    }),
    recipients: anna('bounced_hard'),
  },
  'the local part is no reason': {
    mail: report({
      recipients: [
        fields('5.0.0', 'smtp; 550 <user-unknown@example.org> access denied', 'failed', 'user-unknown@example.org'),
      ],
    }),
    recipients: [['user-unknown@example.org', 'bounced_soft']],
  },
  'a reason in the comment of the status': {
    mail: report({
      recipients: [
        'Action: failed\nStatus: 5.0.0 (recipient reached disk quota)\nFinal-Recipient: rfc822;anna@example.org',
      ],
    }),
    recipients: anna('bounced_soft'),
  },
  'a name within the system as final recipient: the original one is meant': {
    mail: report({
      recipients: [
        'Original-Recipient: rfc822;anna@example.org\nFinal-Recipient: rfc822;anna@ims-ms-daemon\nAction: failed\nStatus: 5.1.1',
      ],
    }),
    recipients: anna('bounced_hard'),
  },
  'a footer about viruses says nothing of the reason': {
    mail: report({
      notice: `Delivery to the following recipients failed.

       anna@example.org


_____________________________________________
This mail has been scanned for all viruses and potentially offensive content.`,
      recipients: ['Final-Recipient: rfc822;anna@example.org\nAction: failed\nStatus: 5.1.1'],
    }),
    recipients: anna('bounced_hard'),
  },
  'sendmail makes 5.1.1 of any 550': {
    mail: report({ recipients: [fields('5.1.1', 'SMTP; 550 Access denied')] }),
    recipients: anna('bounced_soft'),
  },
  'a suspended mailbox, which sendmail calls unknown': {
    mail: report({ recipients: [fields('5.1.1', 'SMTP; 550 [SUSPEND] Mailbox currently suspended')] }),
    recipients: anna('bounced_soft'),
  },
  'a sender that suppresses what bounced before': {
    mail: report({
      recipients: [
        fields(
          '5.1.1',
          'smtp; 550 5.1.1 Suppressed: this address has a recent history of bouncing as an invalid address',
        ),
      ],
    }),
    recipients: anna('bounced_soft'),
  },
  'a delivery that timed out under 5.1.2': {
    mail: report({ recipients: [fields('5.1.2', 'smtp; connection timed out with mx.example.org')] }),
    recipients: anna('bounced_soft'),
  },
  'an address with signs that end one in prose': {
    mail: report({
      recipients: [fields('5.1.1', 'smtp; 550 5.1.1 no such user', 'failed', "anna=o'brien@example.org")],
    }),
    recipients: [["anna=o'brien@example.org", 'bounced_hard']],
  },
  'a report that another server has put into a mail of its own': {
    mail: `From: postmaster@example.org
To: bounce@facteur.test
Subject: Delivery Status Notification (Failure)
MIME-Version: 1.0
Content-Type: multipart/mixed; report-type=delivery-status; boundary="=_w"

--=_w
Content-Type: message/rfc822

${report({ recipients: [fields('5.1.1', 'smtp; 550 5.1.1 no such user')] })}
--=_w
Content-Type: text/plain

This mail has been scanned.
--=_w--
`,
    recipients: anna('bounced_hard'),
  },
  'a report that names no recipient around another that does': {
    mail: `From: Mail Delivery Subsystem <mailer-daemon@example.org>
To: NotificationRecipients
Subject: Returned mail: User unknown
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=_w"

--=_w
Content-Type: text/plain

----- The following addresses had permanent delivery errors -----

--=_w
Content-Type: message/rfc822

${report({ recipients: [fields('5.1.1', 'smtp; 550 5.1.1 no such user')] })}
--=_w--
`,
    recipients: anna('bounced_hard'),
  },
  'Exchange Online: words for two reasons, and the server’s own behind them': {
    mail: report({
      recipients: [
        fields(
          '5.1.351',
          'smtp;550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 : User unknown',
        ),
      ],
    }),
    recipients: anna('bounced_soft'),
  },
  'Courier: no enhanced code, but the stage': {
    mail: report({
      notice:
        '<anna@example.org>:\n    mx.example.org [192.0.2.7]:\n    >>> RCPT TO:<anna@example.org>\n    <<< 550 No such user here\n',
      recipients: [fields('5.0.0', 'smtp; 550 No such user here')],
    }),
    recipients: anna('bounced_hard'),
  },
  'a notice that speaks of a full disk, whatever the code says': {
    mail: report({
      notice: 'Your message to <anna@example.org> was automatically rejected:\nNot enough disk space\n',
      recipients: [fields('5.1.1', 'smtp; 550 5.1.1 <anna@example.org>... User Unknown')],
    }),
    recipients: anna('bounced_soft'),
  },
  'the output of a program that was to store the mail': {
    mail: report({
      recipients: [fields('5.1.1', 'X-Unix; procmail: Couldn\'t create "/var/spool/mail/anna" id: anna: No such user')],
    }),
    recipients: anna('bounced_soft'),
  },
  'Facebook: the recipient wants no mail': {
    mail: report({ recipients: [fields('5.1.1', 'smtp; 550 5.1.1 RCP-P2 Refused due to recipient preferences')] }),
    recipients: anna('bounced_soft'),
  },
  'empty lines before the headers': {
    mail: `\n\n${report({ recipients: [fields('5.1.1', '')] })}`,
    recipients: anna('bounced_hard'),
  },
}
