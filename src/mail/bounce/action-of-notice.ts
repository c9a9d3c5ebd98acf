/** Says whether a report in prose is about a failure, a delay or a delivery. */
import type { Action } from './finding'
import type { Message } from './message'

export function actionOfNotice(message: Message): Action {
  const subject = message.header('subject')
  const { notice } = message
  if (SUCCESS.test(subject) || (DELIVERED.test(notice) && !FINAL.test(notice) && !DELAYED.test(notice)))
    return 'delivered'
  if (FINAL.test(notice) || RETURNED.test(subject)) return 'failed'
  return DELAYED_SUBJECT.test(subject) || DELAYED.test(notice) ? 'delayed' : 'failed'
}

const SUCCESS = /delivery status notification \(?success|^relayed:|^delivered:|return receipt|successful mail delivery/i
const DELIVERED =
  /successfully (?:delivered|relayed)|was delivered successfully|has been (?:successfully )?delivered to/i
const FINAL =
  /permanent(?:ly)? (?:error|fail|fatal|undeliver)|failed permanently|given up|giving up|gave up|no further (?:delivery )?attempts|will be deleted|has been in the queue too long|could not be delivered (?:for|after|within)|retry timeout exceeded|message expired|can ?not be delivered/i
/** sendmail of old returns a mail under the reason of one server: `Returned mail: Deferred: Connection timed out`. */
const RETURNED = /^returned mail:/i
const DELAYED_SUBJECT =
  /\(delay|delayed|deferred|^warning: (?:could not|message)|still being retried|has been delayed|delay notification/i
const DELAYED =
  /warning message only|(?:has|have) been delayed|(?:is|was) delayed|delayed for|not (?:yet )?been delivered (?:yet|to)|not yet (?:been )?(?:delivered|received)|do(?:es)? not need to re-?send|will (?:be retried|continue (?:to try|trying)|keep trying|retry|try again)|temporary (?:failure report|error|failure)|still being retried|will be retried|delivery attempts will continue|attempts to deliver the message will continue/i
