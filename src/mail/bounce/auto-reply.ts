/** Recognises mails that a machine answers for a person: vacation notes, receipts, challenges (RFC 3834, RFC 8098). */
import { anyOf } from './any-of'
import type { Message } from './message'

/** RFC 3834 wants answers to come from the null sender, from which no person writes. */
export const isAutoReply = (message: Message): boolean =>
  isReceipt(message) ||
  hasNullReturnPath(message) ||
  /^\s*auto-(?:replied|generated|notified)/i.test(message.header('auto-submitted')) ||
  AUTO_REPLY_HEADERS.some((name) => message.hasHeader(name) && !/^\s*(?:no|false)\b/i.test(message.header(name))) ||
  /auto[-_]?reply/i.test(message.header('precedence')) ||
  /vacation|autoresponder/i.test(message.header('x-mailer')) ||
  hasAutoReplySubject(message)

export const hasNullReturnPath = (message: Message): boolean => /^\s*<\s*>/.test(message.header('return-path'))

/** A receipt (RFC 8098). Dovecot puts what is a refusal into its shape. */
export const isReceipt = (message: Message): boolean =>
  message.reportType === 'disposition-notification' &&
  !/reject/i.test(`${message.header('auto-submitted')} ${message.header('subject')}`)

const AUTO_REPLY_HEADERS = [
  'x-autoreply',
  'x-auto-reply',
  'x-autorespond',
  'x-autoresponder',
  'x-auto-response',
  'x-vacation',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-out-of-office',
]

export const hasAutoReplySubject = (message: Message): boolean => SUBJECT.test(message.header('subject'))

const SUBJECT = anyOf(
  /\bout of (?:the )?office|\baway (?:from|until)|\b(?:on|is on|am on) (?:vacation|holiday|leave)|vacation (?:reply|message|notice)/,
  /\bauto(?:matic|mated|matically)?[- ]?(?:generated )?(?:repl(?:y|ies)|respon[sd]e?r?|answer|acknowledg)|^\s{0,4}auto\s?:/,
  /your message (?:has been|was) received/,
  // Challenges
  /(?:please )?(?:confirm|verify) (?:your )?(?:message|e-?mail)|please confirm that you|sender verification required/,
  /abwesen|automatische antwort|autom\. antwort/,
  /r[ée]ponse automatique|(?:absence|absent) du bureau/,
  /risposta automatica|fuori (?:sede|ufficio)/,
  /respuesta autom|fuera de (?:la )?oficina|resposta autom|ausente/,
  /automatisch antwoord|afwezig|autosvar|automat\p{L}{1,6} odpo[vw]\p{L}|автоответ/u,
  /自動(?:応答|返信)|不在|自动(?:回复|答复)|自動回覆/,
)
