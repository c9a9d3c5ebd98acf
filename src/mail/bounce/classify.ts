/** Turns a reader's finding into the class that counts for the delivery. */

import { cleanText } from '../server-text'
import type { RecipientClass, RecipientReport } from './bounce-mail'
import type { Finding } from './finding'
import { answersRcpt } from './proof'
import { ADDRESS_REASONS, reasonOf, type Verdict } from './reason'

/** Only a reason that lies in the address, and that the server calls permanent, is a hard bounce. */
export function classify(finding: Finding): RecipientReport {
  const { address } = finding
  const { text, verdict } = clearestText(finding)
  return { address, class: classOf(finding, verdict), status: verdict.status, text: cleanText(text) }
}

function classOf({ action, said, prose }: Finding, { reason, temporary, proven }: Verdict): RecipientClass {
  if (action === 'delivered') return 'delivered'
  if (action === 'delayed') return 'deferred'
  const isAddress =
    ADDRESS_REASONS.has(reason) && (proven || [...said, ...prose].some(answersRcpt)) && !isContradicted(prose)
  return action === 'failed' && !temporary && isAddress ? 'bounced_hard' : 'bounced_soft'
}

/** The reporting server itself speaks of a full or disabled mailbox. */
const isContradicted = (prose: string[]): boolean =>
  prose.slice(0, MAX_TEXTS).some((text) => {
    const { reason, vague } = reasonOf('', text)
    return !vague && (reason === 'mailbox_full' || reason === 'suspended')
  })

interface JudgedText {
  text: string
  verdict: Verdict
}

/**
 * The server's own words decide, however vague; then what is written right beside the address, if that is clear; then the code of the
 * report. Prose further away may be a footer or advice, so it is asked last.
 */
function clearestText({ status, said, prose }: Finding): JudgedText {
  const judge = (text: string): JudgedText => ({ text, verdict: reasonOf(status, text) })
  const own = said.filter(hasText).slice(0, MAX_TEXTS).map(judge)
  const [beside, ...around] = prose.slice(0, MAX_TEXTS).map(judge)
  const isKnown = ({ verdict }: JudgedText) => verdict.reason !== 'undetermined'
  const coded = judge('')
  const clearest =
    own.find(isKnown) ??
    [beside].find((one) => one && isClear(one.verdict)) ??
    (isKnown(coded) ? { ...coded, text: own[0]?.text ?? beside?.text ?? '' } : undefined) ??
    around.find(({ verdict }) => isClear(verdict)) ??
    around.find(isKnown) ??
    own[0] ??
    around.find(({ text }) => hasText(text))
  return clearest ?? coded
}

const isClear = ({ reason, vague }: Verdict): boolean => reason !== 'undetermined' && !vague

const hasText = (text: string): boolean => text.trim() !== ''

const MAX_TEXTS = 6
