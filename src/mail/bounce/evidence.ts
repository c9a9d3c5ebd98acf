/** Weighs whether a machine reports on a delivery, or a person writes: perhaps about a report that is quoted. */

import { anyOf } from './any-of'
import { hasNullReturnPath, isAutoReply } from './auto-reply'
import type { Message } from './message'

export type Evidence =
  /** Its structure is a report's, or a machine wrote it and it reads like a report. */
  | 'report'
  /** A machine wrote it, about something that is no report as far as can be seen. */
  | 'machine'
  | 'person'

export function evidenceIn(message: Message): Evidence {
  const structured = message.statusParts.length > 0 || message.reportType === 'delivery-status'
  const failedRecipients = message.hasHeader('x-failed-recipients') || QUOTED_REPLY.test(message.notice)
  const underReport = message.contentType === 'multipart/report'
  // An operator who answers or forwards a report changes its subject or is no daemon.
  if (isReplyOrForward(message) && !hasNullReturnPath(message) && !underReport && !failedRecipients) return 'person'
  const byServer = isFromServer(message) || hasNullReturnPath(message) || failedRecipients
  const automatic = byServer || isAutomatic(message) || SOME_MACHINE.test(senders(message))
  if (structured && (automatic || underReport)) return 'report'
  if (byServer && hasReportSubject(message)) return 'report'
  // A vacation note comes from the null sender, too.
  const looksLikeReport = isFromServer(message) || !isAutoReply(message) || opensLikeReport(message)
  if (byServer && hasReportWords(message) && looksLikeReport) return 'report'
  if (hasReportSubject(message) && (opensLikeReport(message) || (automatic && hasReportWords(message)))) return 'report'
  return isDaemon(message) ? 'machine' : 'person'
}

/** Verizon answers with `Re:` and the subject of the mail. */
const QUOTED_REPLY = /^error message below:\s{0,4}\n\s{0,4}[45]\d\d\b/im

const senders = (message: Message) => `${message.header('from')} ${message.header('sender')}`

const isFromServer = (message: Message): boolean =>
  MAIL_SERVER.test(senders(message)) || message.header('from').trim() === '<>'

const MAIL_SERVER = anyOf(
  /mailer[-_. ]?daemon|mail-?daemon|mdaemon|daemon@|post[-_ ]?master|\bbounces?\b|undeliver/,
  /mail ?deliver|delivery (?:sub-?)?system|mail(?:ing)? ?system|email (?:gateway|system)|smtp[- ]?(?:gateway|server)/,
  /mail[-_ ]?(?:service|admin|router|gateway|agent|server)|microsoft (?:outlook|exchange)|mmdf|uucp/,
  /scanmail|interscan|imsva|@sns\.amazonaws/,
)

/** A machine that may write about anything. */
const SOME_MACHINE =
  /no-?reply|administrator|sys(?:tem)? ?admin|notifications?@|-(?:admin|owner|request)@|do-?not-?reply|support@/i

const isDaemon = (message: Message): boolean =>
  /mailer[-_. ]?daemon|mail deliver|delivery (?:sub)?system/i.test(senders(message))

const isReplyOrForward = (message: Message): boolean =>
  /^\s*(?:re|aw|sv|fwd?|wg|tr|rv|antw|vs|r|i)\s?(?:\[\d+\])?\s?:/i.test(message.header('subject'))

const isAutomatic = (message: Message): boolean =>
  /^\s*auto-(?:generated|replied|notified)/i.test(message.header('auto-submitted'))

const hasReportSubject = (message: Message): boolean => REPORT_SUBJECT.test(message.header('subject'))

const REPORT_SUBJECT = anyOf(
  /deliver(?:y|ed|ing)?\b.{0,40}(?:status|fail|report|notif|error|problem|delay|unsuccess|incomplete|warning|impossible|suspended)/,
  /(?:fail|error|status|problem|unable|warning|delay|not|non|un|could).{0,24}deliver|undeliver|nondeliver/,
  /return(?:ed|ing)? (?:mail|message|to sender)|failure notice|failed mail|delayed mail|user unknown|postmaster notify|transcript/,
  /could ?n.t (?:be )?sen[dt]|could not (?:be )?sen[dt]|message (?:status|delayed|failure|not sent)/,
  /mail (?:system )?(?:error|failure|failed|could not)|(?:mail|message|delivery|address) ?(?:was |has been )?rejected|rejected mail/,
  /\bbounced?\b|email feedback|amazon ses|aws notification/,
  /non ?remis|unzustellbar|nicht zugestellt|no entregad|mancat[ao] (?:recapito|consegna)|não (?:foi )?entreg/,
  /не доставлен|недоставлен|退信|退回|配信|配送|届きません|送信(?:エラー|できません)|エラーメール|メールエラー/,
)

const hasReportWords = (message: Message): boolean => REPORT_WORDS.test(message.notice)

const REPORT_WORDS = anyOf(
  /(?:could|can|was|were|is|has|have|been|did)(?:\s?not|n't)(?: be| been)?(?: able to)? (?:deliver|sen[dt]|reach|transmit|accepted)/,
  /unable to (?:deliver|send|relay)|unsuccessful|undeliver|non-?deliver|failed (?:to deliver|permanently)/,
  /delivery (?:to|of|has|failed|attempt|status|failure|error)|permanent(?:ly)? (?:error|fail|fatal)|fatal errors|encountered an error/,
  /returned to (?:you|sender)|(?:has been|was|is being) returned|transcript of session|following (?:address|recipient|error)|qmail-send/,
  /rejected|user unknown|unknown user|not a valid (?:user|address|recipient)|no such user|mailbox is full/,
  /^(?:<<<|>>>) |\b[45]\d\d[ -][45]\.\d\.\d{1,3}\b/,
  /nicht zugestellt|nicht zustellbar|impossible de|n'a pas pu|no (?:se ha podido|pudo) (?:ser )?entreg/,
  /配信|届け|送信できません|не (?:может|могло|было) быть доставлен|не доставлен/,
  /退信|投递失败|无法(?:发送|送达|投递)|無法(?:投遞|傳送)/,
)

/** What a server's report begins with. A person who quotes one writes something before. */
const opensLikeReport = ({ notice }: Message): boolean => OPENING.test(notice.slice(0, 400))

const OPENING = new RegExp(
  `^\\s{0,20}(?:${[
    'hi[.!] this is the|this (?:message was created automatically|is (?:the mail system|an automatic|a (?:delivery|mime-encapsulated|permanent))|report relates)',
    "a message that you|your (?:message|mail)|the (?:following|original message|user)|delivery |message (?:from|could)|mail could not|the mail system|i'm sorry to have to inform",
    "(?:sorry, )?(?:we(?:'re| are| were) )?(?:sorry, )?(?:unable|unfortunately)|we(?:'re sorry| were unable| had trouble)",
    '-{2,} ?(?:the following|failed recipients|undeliver)|\\*{2,} ?message|each of the following|<\\S{1,250}@\\S{1,250}>:',
  ].join('|')})`,
  'i',
)
