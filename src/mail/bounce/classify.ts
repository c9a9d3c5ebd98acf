/** Turns a reader's finding into the class that counts for the delivery. */

import { cleanText } from '../server-text'
import type { RecipientClass, RecipientReport } from './bounce-mail'
import type { Finding } from './finding'
import { ADDRESS_REASONS, reasonOf, type Verdict } from './reason'

/** Only a reason that lies in the address, and that the server calls permanent, is a hard bounce. */
export function classify(finding: Finding): RecipientReport {
  const { address, action } = finding
  const { text, verdict } = mostTelling(finding)
  return { address, class: classOf(action, verdict), status: verdict.status, text: cleanText(text) }
}

function classOf(action: Finding['action'], { reason, temporary }: Verdict): RecipientClass {
  if (action === 'delivered') return 'delivered'
  if (action === 'delayed') return 'deferred'
  return action === 'failed' && !temporary && ADDRESS_REASONS.has(reason) ? 'bounced_hard' : 'bounced_soft'
}

interface Told {
  text: string
  verdict: Verdict
}

/** The server's own words decide, however vague; of the prose the first that is clear, else the first that says anything. */
function mostTelling({ status, said, prose }: Finding): Told {
  const tell = (text: string): Told => ({ text, verdict: reasonOf(status, text) })
  const own = said.filter(hasText).slice(0, MAX_TEXTS).map(tell)
  const around = prose.filter(hasText).slice(0, MAX_TEXTS).map(tell)
  const isTold = ({ verdict }: Told) => verdict.reason !== 'undetermined'
  const told =
    own.find(isTold) ?? around.find(({ verdict }) => isClear(verdict)) ?? around.find(isTold) ?? own[0] ?? around[0]
  return told ?? tell('')
}

const isClear = ({ reason, vague }: Verdict): boolean => reason !== 'undetermined' && !vague

const hasText = (text: string): boolean => text.trim() !== ''

const MAX_TEXTS = 6
