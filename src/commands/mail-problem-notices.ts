import {
  claimNotice,
  type DueMember,
  listDueMembers,
  listUntold,
  postponeNotice,
  putBackNotice,
} from '../db/problem-notices'
import { displayName } from '../domain/company'
import { decideNotice, NOTICE_GIVE_UP_MS, NOTICE_RETRY_MS } from '../domain/problem-notice'
import { atLeast } from '../domain/role'
import { composeMime } from '../mail/compose'
import { renderProblemNotice, SHOWN_PROBLEMS } from '../mail/render-problem-notice'
import type { Deps } from './deps'
import { attemptAtOnce } from './send-at-once'

const MEMBERS_PER_TICK = 20

/**
 * Mails members what could not be delivered: at once the first, together what gathers while the mails rest, or once a day, as each
 * wishes. A mail is claimed before it leaves, so no member is told twice; what a stop between claim and mail swallows still stands
 * in the app. A mail that no server took, for certain, is tried again; one that fails otherwise makes no notice of its own.
 * @returns how many mails left
 */
export async function mailProblemNotices(deps: Deps): Promise<number> {
  const members = await listDueMembers(deps.db, deps.now(), MEMBERS_PER_TICK)
  let mailed = 0
  for (const member of members) if (await mailMember(deps, member)) mailed += 1
  return mailed
}

async function mailMember(deps: Deps, member: DueMember): Promise<boolean> {
  const { db } = deps
  const now = deps.now()
  const { problems, count, latest } = await listUntold(db, member.accountId, member.told, SHOWN_PROBLEMS)
  const decision = decideNotice({ mode: member.mode, problems, now, timeZone: member.settings.timeZone })
  if (decision.type === 'wait') {
    await postponeNotice(db, member, decision.until)
    return false
  }
  const notice = {
    ...{ problems, count, company: displayName(member.company), mayMend: atLeast(member.role, 'member') },
    ...{ appUrl: deps.config.APP_URL, language: member.language || member.settings.language },
  }
  // Made before it is claimed: a text that can't be made must not swallow what it tells.
  const mail = decision.type === 'send' ? renderProblemNotice(notice) : undefined
  if (!(await claimNotice(db, member, latest, decision.restUntil)) || !mail) return false
  const envelope = { date: now, domain: deps.config.MAIL_DOMAIN, to: member.email }
  const outcome = await attemptAtOnce(deps, member.email, 'problems', (id) =>
    composeMime(mail, { ...envelope, id }, []),
  )
  const notTaken = outcome === 'retry' || outcome === 'pause'
  if (notTaken && (problems[0]?.at ?? 0) > now - NOTICE_GIVE_UP_MS)
    await putBackNotice(db, member, latest, now + NOTICE_RETRY_MS)
  return outcome === 'accepted'
}
