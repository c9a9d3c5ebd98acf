/** @jsxImportSource react */
/** What a member is mailed when mails to customers did not arrive: one in full, or several in a list. */
import { renderToStaticMarkup } from 'react-dom/server'
import { NoticeMail, type NoticeMailContent } from '../../emails/notice-mail'
import type { DeliveryStatus } from '../domain/delivery'
import { isProblemStatus, type ProblemStatus, problemStep } from '../domain/problem'
import { languageFor, plural, type Translate, translator } from '../i18n'
import { reasonText } from '../i18n/reason'
import { routes } from '../routes'
import { noticeMailText } from './plain-text'
import type { RenderedMail } from './render-mail'
import { oneLine } from './variables'

/** A mail lists no more than so many; the page lists all. */
export const SHOWN_PROBLEMS = 10

export interface ProblemNotice {
  /** Oldest first, `SHOWN_PROBLEMS` at most. */
  problems: NoticedProblem[]
  /** Of all there are. */
  count: number
  company: string
  /** The member may do something about it. */
  mayMend: boolean
  appUrl: string
  language: string
}

export interface NoticedProblem {
  documentId: string
  deliveryId: string
  number: string | null
  contactName: string
  address: string
  status: DeliveryStatus
  reason: string | null
  serverText: string | null
}

export function renderProblemNotice(notice: ProblemNotice): RenderedMail {
  const content = contentOf(notice)
  return {
    subject: content.title,
    html: `<!DOCTYPE html>${renderToStaticMarkup(<NoticeMail {...content} />)}`,
    text: noticeMailText(content),
  }
}

function contentOf(notice: ProblemNotice): NoticeMailContent {
  const { problems, count, appUrl } = notice
  const language = languageFor(notice.language)
  const t = translator(language)
  const company = oneLine(notice.company)
  const frame = {
    ...{ language, sender: 'Facteur' },
    footer: {
      lines: [t('mail.problem_notice.why', { company })],
      unsubscribe: { label: t('mail.problem_notice.settings'), href: appUrl + routes.personalSettings },
    },
  }
  const [only] = problems
  if (count === 1 && only) return { ...frame, ...oneProblem(t, only, notice) }
  const more = count - problems.length
  const text = plural(language, 'mail.problem_notice.text', count, { company })
  return {
    ...frame,
    title: plural(language, 'mail.problem_notice.subject', count, { company }),
    preheader: text,
    paragraphs: [text],
    items: [
      ...problems.map((problem) => ({ title: titleOf(t, problem), text: explanation(t, problem) })),
      ...(more > 0 ? [{ title: plural(language, 'mail.problem_notice.more', more), text: '' }] : []),
    ],
    action: { label: t('mail.problem_notice.action'), href: appUrl + routes.problems },
  }
}

function oneProblem(t: Translate, problem: NoticedProblem, { mayMend, appUrl }: ProblemNotice) {
  const { documentId, deliveryId, status, serverText } = problem
  const step = mayMend ? problemStep(status) : undefined
  const sentence = t(`mail.problem_notice.${knownStatus(status)}`, namesOf(problem))
  return {
    title: titleOf(t, problem),
    preheader: sentence,
    paragraphs: [
      sentence,
      explanation(t, problem),
      ...(serverText ? [`${t('deliveries.server_text')} ${oneLine(serverText)}`] : []),
    ],
    action: {
      label: step ? t(`problem_step.${step}`) : t('mail.problem_notice.action'),
      href: appUrl + (step === 'correct' ? routes.deliveryCorrection(documentId, deliveryId) : routes.problems),
    },
  }
}

const namesOf = ({ number, contactName, address }: NoticedProblem) => ({
  number: oneLine(number ?? ''),
  contact: oneLine(contactName),
  address: oneLine(address),
})

/** « Bounced: 2026-0042 for Anna Bäcker (anna@example.org) » */
const titleOf = (t: Translate, problem: NoticedProblem): string =>
  t('mail.problem_notice.title', { ...namesOf(problem), status: t(`delivery_status.${problem.status}`) })

/** Why, and what it means. */
function explanation(t: Translate, { status, reason }: NoticedProblem): string {
  return [reasonText(t, reason), t(`delivery_status.${knownStatus(status)}.text`)].filter(Boolean).join(' ')
}

const knownStatus = (status: DeliveryStatus): ProblemStatus => (isProblemStatus(status) ? status : 'unknown')
