/** Finds where a report ends and the copy of the mail that it returns begins. */

/** Splits the text of a report. Without a copy all of it is the notice. */
export function splitReturnedCopy(text: string): { notice: string; returned: string } {
  const unix = text.replace(/\r\n?/g, '\n')
  const starts = [...SEPARATORS.map((separator) => separator.exec(unix)?.index ?? -1), startOfHeaders(unix)]
  const start = Math.min(...starts.filter((index) => index >= 0), unix.length)
  return { notice: unix.slice(0, start), returned: unix.slice(start) }
}

/** Lines by which servers announce the copy. */
const SEPARATORS = [
  // qmail and its kin, Courier
  /^-{2,} ?(?:Below this line is|Enclosed is|This is|The following is|Included is) a copy of/im,
  // sendmail 5 and 8, Exim, Google, MXLogic, McAfee
  /^[ \t]{0,8}-{2,} ?(?:Original|Unsent|Returned|Undelivered|Undeliverable|Message|Copy of|The original) ?(?:message|mail|text|header)s?\b/im,
  /^-{2,} ?(?:This is a copy of (?:the|your) message|The (?:body|header) of the message|A copy of the message)/im,
  // OpenSMTPD, DragonFly
  /^[ \t]{0,8}(?:Below is a copy of the original message|Message headers? follows?|Original message (?:follows|headers?)|Undelivered message(?: headers)? follows?)/im,
  // Domino, Exchange, mFILTER, IMail, SurfControl
  /^-{4,} ?(?:Returned Message|original (?:message|mail)(?: info)?|Original Message)/im,
  /^(?:Original message headers|Original Message Follows|Original message follows|--- Message non-deliverable|The original message is attached)/im,
  /^[ \t]{0,8}(?:The header of the original message is following|Included is a copy of the message header|The first \d+ lines of the original message)/im,
  // German and French
  /^-{2,} ?(?:Dies ist eine Kopie|Ursprüngliche Nachricht|Message d'origine|Originalnachricht)/im,
  // Made before MIME: the parts of a multipart in plain text.
  /^Content-Type: ?(?:message\/rfc822|text\/rfc822-headers)/im,
]

/** Headers that begin every copy: none of them begins a line of a notice. */
const startOfHeaders = (text: string): number =>
  /^(?:Received: ?(?:from|by|\()|Return-Path: ?<|X-Received: |DKIM-Signature: )/im.exec(text)?.index ?? -1
