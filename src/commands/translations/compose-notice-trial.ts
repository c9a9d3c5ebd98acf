import { listLatestDocuments } from '../../db/latest-documents'
import { listUnreported } from '../../db/problem-notices'
import { dateIn } from '../../domain/calendar'
import { displayName } from '../../domain/company'
import { formatNumber, numberFormat } from '../../domain/number-pattern'
import type { NoticedProblem } from '../../domain/problem-notice'
import type { NoticeKind } from '../../domain/translation'
import { languageFor, translator } from '../../i18n'
import { composeMime } from '../../mail/compose'
import { type Notice, SHOWN_PROBLEMS } from '../../mail/notice'
import { writeNotice } from '../../mail/write-notice'
import { routes } from '../../routes'
import type { Deps } from '../deps'
import type { TextTrial } from './text-trial'

/**
 * Composes the notice of a text, about a problem of the account or else about a made-up one. Returns undefined if the
 * account has no such document.
 */
export async function composeNoticeTrial(
  deps: Deps,
  trial: TextTrial & { kind: NoticeKind },
  id: string,
): Promise<{ mime: Uint8Array } | undefined> {
  const { subject, body, language, settings, accountTexts, to } = trial
  const notice = await noticeToTry(deps, trial)
  if (!notice) return undefined
  const mail = writeNotice(
    notice,
    { language, languages: settings, customTexts: accountTexts.texts },
    { subject, body },
  )
  return { mime: composeMime(mail, { id, date: deps.now(), domain: deps.config.MAIL_DOMAIN, to }, []) }
}

async function noticeToTry(deps: Deps, trial: TextTrial & { kind: NoticeKind }): Promise<Notice | undefined> {
  const { kind, company, accountId, documentId, person } = trial
  const { APP_URL: appUrl } = deps.config
  const about = { company: displayName(company), appUrl }
  if (kind === 'invitation') return { kind, person, link: appUrl + routes.peopleSettings, ...about }
  if (kind === 'reply_confirmation')
    return { kind, email: company.email, link: appUrl + routes.companySettings, ...about }
  const { problems, count } = trial.madeUp
    ? { problems: [], count: 0 }
    : await listUnreported(deps.db, accountId, 0, SHOWN_PROBLEMS)
  if (kind === 'problem_digest') {
    if (count > 1) return { kind, problems, count, ...about }
    const madeUp = [...problems, ...(await madeUpProblems(deps, trial))].slice(0, 2)
    return { kind, problems: madeUp, count: madeUp.length, ...about }
  }
  const real = problems.find((problem) => problem.documentId === documentId)
  if (real) return { kind, problem: real, mayFix: true, ...about }
  const madeUp = await madeUpProblems(deps, trial)
  const problem = madeUp.find((candidate) => candidate.documentId === (documentId ?? SAMPLE))
  // A made-up failure has no page on which it could be fixed.
  return problem && { kind, problem, mayFix: false, ...about }
}

const SAMPLE = 'sample'

/** Returns the account's latest documents as if they had bounced, and two made-up ones. */
async function madeUpProblems(deps: Deps, trial: TextTrial): Promise<NoticedProblem[]> {
  const { accountId, language, settings } = trial
  const t = translator(languageFor(language))
  const bounced: Pick<NoticedProblem, 'deliveryId' | 'address' | 'status' | 'reason' | 'serverText'> = {
    ...{ deliveryId: SAMPLE, address: 'anna@customer.example', status: 'bounced' },
    ...{ reason: 'address_unknown', serverText: '550 5.1.1 No such user here' },
  }
  const latest = trial.madeUp ? [] : await listLatestDocuments(deps.db, accountId, undefined)
  const today = dateIn(deps.now(), settings.timeZone)
  const number = (n: number) => formatNumber(numberFormat(settings.numberPatterns.invoice, today), n)
  const contactName = t('translations.sample.customer')
  return [
    ...latest.map(({ id: documentId, kind, number, contactName }) => ({
      ...{ documentId, kind, number, contactName },
      ...bounced,
    })),
    ...[1, 2].map((n) => ({
      documentId: SAMPLE,
      kind: 'invoice' as const,
      number: number(n),
      contactName,
      ...bounced,
    })),
  ]
}
