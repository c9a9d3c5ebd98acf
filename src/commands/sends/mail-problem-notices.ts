import {
  claimNotice,
  type DueMember,
  listDueMembers,
  listUnreported,
  postponeNotice,
  putBackNotice,
} from '../../db/problem-notices'
import { listTranslations } from '../../db/translations'
import { displayName } from '../../domain/company'
import { noticeDayEnds } from '../../domain/notice-budget'
import { decideNotice, NOTICE_GIVE_UP_MS, NOTICE_RETRY_MS, type NoticedProblem } from '../../domain/problem-notice'
import { atLeast } from '../../domain/role'
import { composeMime } from '../../mail/compose'
import type { RenderedMail } from '../../mail/mail-input'
import { SHOWN_PROBLEMS } from '../../mail/notice'
import { writeNotice } from '../../mail/write-notice'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { meterNotice } from './meter-notice'
import { attemptAtOnce } from './send-at-once'

const MEMBERS_PER_TICK = 20

/**
 * Mails members about failed deliveries: the first at once and later ones grouped, or once a day, as each member
 * chose. A notice is claimed before it is mailed, so no member gets it twice; if the isolate dies in between, the
 * problem is still shown in the app. A notice that no server has accepted for now is tried again; other failures are
 * only logged.
 * @returns how many notices were accepted
 */
export async function mailProblemNotices(deps: Deps): Promise<number> {
  const members = await listDueMembers(deps.db, deps.now(), MEMBERS_PER_TICK)
  let mailed = 0
  for (const member of members) if (await mailMemberOrLater(deps, member)) mailed += 1
  return mailed
}

/** Postpones the notice of a member for whom it fails. Otherwise that member would block the others at every tick. */
async function mailMemberOrLater(deps: Deps, member: DueMember): Promise<boolean> {
  try {
    return await mailMember(deps, member)
  } catch (error) {
    deps.log({ ...errorEntry(error), notice: 'problems' })
    await postponeNotice(deps.db, member, deps.now() + NOTICE_RETRY_MS)
    return false
  }
}

async function mailMember(deps: Deps, member: DueMember): Promise<boolean> {
  const { db } = deps
  const now = deps.now()
  const { problems, count, latest } = await listUnreported(db, member.accountId, member.reportedUpTo, SHOWN_PROBLEMS)
  const decision = decideNotice({ mode: member.mode, problems, now, timeZone: member.settings.timeZone })
  if (decision.type === 'wait') {
    await postponeNotice(db, member, decision.until)
    return false
  }
  if (decision.type === 'send' && (await meterNotice(deps, member.accountId, 'problems'))) {
    await postponeNotice(db, member, noticeDayEnds(now))
    return false
  }
  // Rendered before the claim, so that a text that can't be rendered does not lose the notice.
  const mail = decision.type === 'send' ? await writeToMember(deps, member, problems, count) : undefined
  if (!(await claimNotice(db, member, latest, decision.restUntil)) || !mail) return false
  const envelope = { date: now, domain: deps.config.MAIL_DOMAIN, to: member.email }
  const outcome = await attemptAtOnce(deps, member.email, 'problems', (id) =>
    composeMime(mail, { ...envelope, id }, []),
  )
  const mayRetry = outcome === 'retry' || outcome === 'pause'
  if (mayRetry && (problems[0]?.at ?? 0) > now - NOTICE_GIVE_UP_MS)
    await putBackNotice(db, member, latest, now + NOTICE_RETRY_MS)
  return outcome === 'accepted'
}

/** Renders the notice in the member's language, or else in the account's. */
async function writeToMember(
  { db, config }: Deps,
  { accountId, language, company, settings, role }: DueMember,
  problems: NoticedProblem[],
  count: number,
): Promise<RenderedMail> {
  const about = { company: displayName(company), appUrl: config.APP_URL }
  const [only] = problems
  const notice =
    count === 1 && only
      ? ({ kind: 'problem_notice', problem: only, mayFix: atLeast(role, 'member'), ...about } as const)
      : ({ kind: 'problem_digest', problems, count, ...about } as const)
  const customTexts = await listTranslations(db, accountId)
  return writeNotice(notice, { language: language || settings.language, languages: settings, customTexts })
}
