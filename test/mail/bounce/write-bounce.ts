/** Writes bounce mails as servers would, for tests: our mail to anna@example.org came back to bounce@facteur.test. */

const OURS = {
  messageId: '<dlv_01@mail.facteur.test>',
  deliveryId: 'dlv_01',
}
export const returnedIds = OURS

const ourHeaders = (to: string) => `Return-Path: <bounce@facteur.test>
Received: from facteur.test by mx.example.net with ESMTP; Mon, 2 Nov 2026 10:00:00 +0000
From: Atelier via Facteur <invoices@facteur.test>
To: ${to}
Subject: Invoice 2026-014
Message-ID: ${OURS.messageId}
X-Facteur-Delivery: ${OURS.deliveryId}
`

export const ourMail = (to = 'anna@example.org') => `${ourHeaders(to)}
Please find the invoice attached.
`

interface Prose {
  from?: string
  subject?: string
  /** Further header lines. */
  headers?: string
  notice: string
  /** The line before the returned copy; without one nothing is returned. */
  separator?: string
  contentType?: string
}

/** A report that is plain text alone. */
export const prose = ({ from = 'MAILER-DAEMON@mx.example.net', subject = 'Undeliverable', ...mail }: Prose): string =>
  `From: ${from}
To: bounce@facteur.test
Subject: ${subject}
Date: Mon, 2 Nov 2026 10:05:00 +0000
${mail.headers ? `${mail.headers}\n` : ''}Content-Type: ${mail.contentType ?? 'text/plain; charset=utf-8'}

${mail.notice}
${mail.separator ? `${mail.separator}\n\n${ourMail()}` : ''}`

interface Report {
  from?: string
  subject?: string
  headers?: string
  notice?: string
  /** The fields of each recipient. */
  recipients: string[]
  type?: string
  statusType?: string
  returned?: string
}

/** A report by RFC 3464. */
export const report = ({ from = 'MAILER-DAEMON@mx.example.net', recipients, ...mail }: Report): string =>
  `Return-Path: <>
From: Mail Delivery System <${from}>
To: bounce@facteur.test
Subject: ${mail.subject ?? 'Undelivered Mail Returned to Sender'}
Date: Mon, 2 Nov 2026 10:05:00 +0000
${mail.headers ? `${mail.headers}\n` : ''}MIME-Version: 1.0
Content-Type: ${mail.type ?? 'multipart/report; report-type=delivery-status'}; boundary="=_b"

--=_b
Content-Type: text/plain; charset=utf-8

${mail.notice ?? 'Your message could not be delivered.'}

--=_b
Content-Type: ${mail.statusType ?? 'message/delivery-status'}

Reporting-MTA: dns; mx.example.net
Arrival-Date: Mon, 2 Nov 2026 10:00:00 +0000

${recipients.join('\n\n')}

--=_b
Content-Type: ${mail.returned ?? 'text/rfc822-headers'}

${ourHeaders('anna@example.org')}
--=_b--
`

export const fields = (status: string, diagnostic: string, action = 'failed', address = 'anna@example.org'): string =>
  `Final-Recipient: rfc822; ${address}
Action: ${action}
Status: ${status}
${diagnostic === '' ? '' : `Diagnostic-Code: ${diagnostic}`}`.trim()
