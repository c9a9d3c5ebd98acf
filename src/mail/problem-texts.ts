/** Describes a problem for notices: its name, its meaning, and where to fix it. */
import type { DeliveryStatus } from '../domain/delivery'
import { isProblemStatus, type ProblemStatus, problemStep } from '../domain/problem'
import type { NoticedProblem } from '../domain/problem-notice'
import type { Translate } from '../i18n'
import { reasonText } from '../i18n/reason'
import { routes } from '../routes'
import type { ProblemNotice } from './notice'
import { noticeValue } from './notice-value'
import { oneLine } from './variables'

/** Returns « Bounced: 2026-0042 for Anna Bäcker (anna@example.org) » */
export const problemTitle = (t: Translate, problem: NoticedProblem): string =>
  t('mail.problem_notice.title', { ...namesOf(problem), status: problemStatus(t, problem) })

export const problemStatus = (t: Translate, { status }: NoticedProblem): string => t(`delivery_status.${status}`)

/** Returns « 2026-0042 for Anna Bäcker came back: the server of anna@example.org refused it. » */
export const problemSummary = (t: Translate, problem: NoticedProblem): string =>
  t(`mail.problem_notice.${knownStatus(problem.status)}`, namesOf(problem))

/** Returns the reason; empty where none is known. */
export const problemReason = (t: Translate, { reason }: NoticedProblem): string => reasonText(t, reason) ?? ''

export const problemMeaning = (t: Translate, { status }: NoticedProblem): string =>
  t(`delivery_status.${knownStatus(status)}.text`)

/** Returns the reason and what the status means. */
export const problemExplanation = (t: Translate, problem: NoticedProblem): string =>
  [problemReason(t, problem), problemMeaning(t, problem)].filter(Boolean).join(' ')

export const namesOf = ({ number, contactName, address }: NoticedProblem) => ({
  number: oneLine(number ?? ''),
  contact: noticeValue(contactName),
  address: oneLine(address),
})

/** Returns the next step to fix a problem, and its page. */
export function problemAction(t: Translate, { problem, mayFix, appUrl }: ProblemNotice) {
  const { documentId, deliveryId, status, reason } = problem
  const step = mayFix ? problemStep(status, reason) : undefined
  const corrects = step === 'correct' || step === 'other_address'
  return {
    label: t(step ? `problem_step.${step}` : 'mail.problem_notice.action'),
    href: appUrl + (corrects ? routes.deliveryCorrection(documentId, deliveryId) : routes.problems),
  }
}

const knownStatus = (status: DeliveryStatus): ProblemStatus => (isProblemStatus(status) ? status : 'unknown')
