/** Builds the parts of a notice that its text does not change: facts, notes, the button, and why the reader gets it. */

import type { NoticedProblem } from '../domain/problem-notice'
import { maxPercent } from '../domain/reputation'
import { MAILED_LINK_DAYS, SIGN_IN_LINK_MINUTES } from '../domain/session'
import { type Language, plural, type Translate, translator } from '../i18n'
import { formatPercent, formatTime } from '../i18n/format'
import { reasonText } from '../i18n/reason'
import { routes } from '../routes'
import type { Notice, OutageNotice, OutageOver, ProblemDigest, ProblemNotice, SecurityNotice } from './notice'
import type { NoticeFrame } from './notice-content'
import { noticeValue } from './notice-value'
import {
  namesOf,
  problemAction,
  problemExplanation,
  problemStatus,
  problemSummary,
  problemTitle,
} from './problem-texts'
import { securityFrame } from './security-frame'
import { oneLine } from './variables'

/**
 * Returns the frame of a notice.
 * @param language of the frame: the built-in language that is nearest to the text's
 */
export function noticeFrame(notice: Notice, language: Language): NoticeFrame {
  const t = translator(language)
  switch (notice.kind) {
    case 'problem_notice':
      return { ...problemFrame(t, notice), ...oneProblem(t, notice) }
    case 'problem_digest':
      return { ...problemFrame(t, notice), ...severalProblems(t, notice, language) }
    case 'outage':
    case 'outage_over':
      return outageFrame(t, notice, language)
    case 'sign_in':
    case 'invitation':
    case 'reply_confirmation':
    case 'sending_rests':
    case 'sender_lost':
    case 'webhook_disabled':
      return linkFrame(t, notice, language)
    case 'new_device':
    case 'new_passkey':
    case 'company_changed':
      return securityFrame(t, notice, language)
  }
}

type LinkNotice = Exclude<Notice, ProblemNotice | ProblemDigest | OutageNotice | OutageOver | SecurityNotice>

function linkFrame(t: Translate, notice: LinkNotice, language: Language): NoticeFrame {
  const company = 'company' in notice ? noticeValue(notice.company) : ''
  const person = 'person' in notice ? noticeValue(notice.person) : ''
  const address = 'address' in notice ? oneLine(notice.address) : ''
  const params = { company, person, address }
  const note =
    notice.kind === 'sending_rests'
      ? t(`mail.notice.sending_rests.${notice.reason}`, { percent: formatPercent(maxPercent(notice.reason), language) })
      : t(`mail.notice.${notice.kind}.link`, {
          ...params,
          minutes: SIGN_IN_LINK_MINUTES,
          days: MAILED_LINK_DAYS,
        })
  return {
    preheader: note,
    sender: 'Facteur',
    notes: [note],
    action: { label: t(`mail.notice.${notice.kind}.action`), href: notice.link },
    footer: { lines: [t(`mail.notice.${notice.kind}.why`, params)] },
  }
}

function outageFrame(t: Translate, notice: OutageNotice | OutageOver, language: Language): NoticeFrame {
  const company = noticeValue(notice.company)
  const time = formatTime(notice.since, language, notice.timeZone)
  const isOver = notice.kind === 'outage_over'
  const summary = isOver
    ? plural(language, 'mail.notice.outage_over.late', notice.count, { time })
    : t('mail.notice.outage.since', { time })
  const why = isOver ? undefined : reasonText(t, notice.reason)
  return {
    preheader: summary,
    sender: 'Facteur',
    notes: [summary, ...(why ? [why] : [])],
    action: {
      label: t(`mail.notice.${notice.kind}.action`),
      href: notice.appUrl + (isOver ? routes.deliveries : routes.problems),
    },
    footer: { lines: [t('mail.notice.outage.why', { company })] },
  }
}

const problemFrame = (t: Translate, { company, appUrl }: ProblemNotice | ProblemDigest) => ({
  sender: 'Facteur',
  footer: {
    lines: [t('mail.problem_notice.why', { company: noticeValue(company) })],
    unsubscribe: { label: t('mail.problem_notice.settings'), href: appUrl + routes.personalSettings },
  },
})

function oneProblem(t: Translate, notice: ProblemNotice) {
  const { problem } = notice
  const { number, contact, address } = namesOf(problem)
  const facts = [
    { label: t('mail.problem_notice.status'), value: problemStatus(t, problem) },
    { label: t('mail.problem_notice.document'), value: `${t(`document.kind.${problem.kind}`)} ${number}`.trim() },
    { label: t('mail.problem_notice.contact'), value: contact },
    { label: t('mail.problem_notice.address'), value: address },
    { label: t('mail.problem_notice.meaning'), value: problemExplanation(t, problem) },
    { label: t('mail.problem_notice.server'), value: noticeValue(problem.serverText ?? '') },
  ]
  return {
    preheader: problemSummary(t, problem),
    facts: facts.filter(({ value }) => value !== ''),
    action: problemAction(t, notice),
  }
}

function severalProblems(t: Translate, { problems, count, company, appUrl }: ProblemDigest, language: Language) {
  const more = count - problems.length
  return {
    preheader: plural(language, 'mail.problem_notice.text', count, { company: noticeValue(company) }),
    items: [
      ...problems.map((problem) => ({ title: problemTitle(t, problem), text: problemText(t, problem) })),
      ...(more > 0 ? [{ title: plural(language, 'mail.problem_notice.more', more), text: '' }] : []),
    ],
    action: { label: t('mail.problem_notice.action'), href: appUrl + routes.problems },
  }
}

function problemText(t: Translate, problem: NoticedProblem): string {
  const serverText = noticeValue(problem.serverText ?? '')
  return problemExplanation(t, problem) + (serverText && ` ${t('deliveries.server_text')} ${serverText}`)
}
