/** Lines by which reports in prose name a recipient. */
import { ADDRESS } from '../addresses'

/** Group 1 is the address; what follows it on the line is said of it. */
export type LineFormat = RegExp

const line = (pattern: string): LineFormat =>
  new RegExp(pattern.replace('ADDRESS', `(?:smtp[:=]|mailto:)?(${ADDRESS})`), 'i')

/**
 * By level: the first that finds any recipient is used. All families of servers share them, since each was copied many times over.
 */
/** Any address at all: for reports that name their recipient in a way of their own. */
export const ANYWHERE: LineFormat[] = [line('ADDRESS')]

export const LINE_FORMATS: LineFormat[][] = [
  [
    // qmail, Courier, Yahoo `<a@b>:`; Exim `  a@b`; GMX `"a@b":`; X1 `a@b [User unknown]`; Activehunter `>>> a@b <a@b>`; IMS `a@b on Thu, …`
    line(String.raw`^(?:>>> |-{1,2} |[\s>*•]{0,12})[<"'(\[]{0,2}ADDRESS[>"')\]]{0,2}(?:\.\.\.|[:;,\s([<-]|$)`),
  ],
  [
    // EZweb, au, InterScan, sendmail
    line(
      String.raw`\b(?:rcpt to|recipients?|addressed to|envelope-to|failed recipient|to address)\s{0,3}[:=]?\s{0,3}[<"'\[]{0,2}ADDRESS`,
    ),
    // sendmail's transcript: `554 <a@b>... Host unknown`
    line(String.raw`^[45]\d\d (?:[45]\.\d\.\d{1,3} )?<?ADDRESS>?\.\.\.`),
    // MailFoundry, DragonFly, KDDI, Postfix's notices of delay, X4
    line(
      String.raw`\b(?:deliver|undeliver|send|sent|forward|transfer|reach|transmit)\w{0,8}\b[^@<>]{0,80}\b(?:to|for|recipients?|reach)\b[^@<>]{0,24}[:<"' ]ADDRESS`,
    ),
    // sendmail, Exim: a program or a file, and the address that led to it
    line(String.raw`^\s{0,12}\(?(?:ultimately )?(?:expanded|generated) (?:from|by):?\s{0,3}<?ADDRESS`),
    line(String.raw`\b(?:message|mail|e-mail) (?:addressed )?to\s{1,3}[<"']{0,2}ADDRESS`),
    // Exchange, X.400: `c=US;a= ;p=EXAMPLE;dda:SMTP=a@b;`
    line(String.raw`\bdda:ADDRESS`),
    // IMail: `unknown user: a@b`, `undeliverable to a@b`, `User mailbox exceeds allowed size: a@b`
    line(
      String.raw`^\s{0,8}(?:unknown user|unknown local user|undeliverable to|invalid (?:user|final delivery userid)|user mailbox[^:@]{0,40}|delivery failed \d{1,3} attempts)\s?:?\s{0,3}<?ADDRESS`,
    ),
    // Apache James
    line(String.raw`^\s{0,8}rcpt to\s{0,2}:\s{0,3}<?ADDRESS`),
  ],
  [
    line(String.raw`^\s{0,8}to\s?:\s{0,3}<?ADDRESS`),
    // A reply that names it
    line(String.raw`^(?:<<<\s{0,3})?[45]\d\d[- ](?:[45]\.\d\.\d{1,3} )?[<"]?ADDRESS`),
    line(
      String.raw`\b(?:user|mailbox|account|address|an|für|destinataire|destinatario)(?:\s{0,2}:\s{0,3}|\s{1,3}|(?=[<"'(]))[<"'(]{0,2}ADDRESS`,
    ),
  ],
]
