/**
 * Says whether words like "user unknown" are about the address. Servers that filter a mail after they took it whole use the same words,
 * so without a code of its own about the address (5.1.x) the refusal must be one of RCPT TO, or in words that no filter uses.
 */
import { anyOf } from './any-of'

export const answersRcpt = (text: string): boolean => RCPT_STAGE.test(text)

const RCPT_STAGE = anyOf(
  // Postfix, Exim, sendmail and Courier, DragonFly, qmail, GMX, X3, Yahoo
  /in reply to (?:the )?rcpt|after rcpt|>>> ?rcpt|\bour rcpt to|most progress was rcpt|smtp:rcpt|\[rcpt_to\]/,
  // qmail, Google
  /does not like recipient|\(state 14\)/,
)

/** Returns whether a text in lower case, with `<>` for addresses, can only be about the address. */
export const isFirm = (text: string): boolean => FIRM.test(text)

const FIRM = anyOf(
  // Exchange, Exchange Online's edge, Hotmail
  /recipient name is not recogni[sz]ed|resolver\.adr\.recip|wasn't found (?:at|in)/,
  /(?<!all )recipient address rejected ?: access denied|^(?:\d{3} )?requested action not taken: mailbox unavailable/,
  // Google, Yahoo, Orange
  /address couldn't be found|nosuchuser|delivery error: dd|destinataire invalide/,
  // A reply that repeats the recipient, as Postfix writes it
  /(?:^|-> )\d{3}:? <>: user unknown/,
  // Domino, IMail, Exim, Verizon
  /not listed in (?:the )?(?:public |domino )?(?:directory|(?:name & )?address book)/,
  /^unknown user: <>|invalid final delivery userid|unknown local[- ]?part|no valid recipients for this/,
)
