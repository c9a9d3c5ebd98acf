/** Computes the values of the variables in a notice's text. */
import type { Translate } from '../i18n'
import { routes } from '../routes'
import type { Scope } from './liquid'
import type { Notice } from './notice'
import { linkFreeValue, noticeValue } from './notice-value'
import { namesOf, problemAction, problemMeaning, problemReason, problemStatus, problemSummary } from './problem-texts'
import { oneLine } from './variables'

/** Returns the values of `variablesOf(notice.kind)`, each on one line. */
export function noticeValues(notice: Notice, t: Translate): Scope {
  switch (notice.kind) {
    case 'sign_in':
      return {}
    case 'outage':
    case 'outage_over':
      return company(notice.company)
    case 'new_device':
    case 'new_passkey':
      return {}
    case 'sending_rests':
    case 'sender_lost':
    case 'webhook_disabled':
      return company(notice.company)
    case 'company_changed':
    case 'invitation':
      return { person: { name: linkFreeValue(notice.person) }, company: { name: linkFreeValue(notice.company) } }
    case 'reply_confirmation':
      return { company: { name: linkFreeValue(notice.company), email: oneLine(notice.email) } }
    case 'problem_digest':
      return {
        problems: { count: notice.count, link: notice.appUrl + routes.problems },
        ...company(notice.company),
      }
    case 'problem_notice': {
      const { problem } = notice
      const { number, contact, address } = namesOf(problem)
      return {
        problem: {
          summary: problemSummary(t, problem),
          status: problemStatus(t, problem),
          reason: problemReason(t, problem),
          meaning: problemMeaning(t, problem),
          server_text: noticeValue(problem.serverText ?? ''),
          address,
          link: problemAction(t, notice).href,
        },
        contact: { name: contact },
        document: { kind: t(`document.kind.${problem.kind}`), number },
        ...company(notice.company),
      }
    }
  }
}

const company = (name: string): Scope => ({ company: { name: noticeValue(name) } })
