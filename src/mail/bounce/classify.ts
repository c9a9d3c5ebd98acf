/** Turns a reader's finding into the class that counts for the delivery. */

import { cleanText } from '../server-text'
import type { RecipientClass, RecipientReport } from './bounce-mail'
import type { Finding } from './finding'
import { ADDRESS_REASONS, reasonOf, type Verdict } from './reason'

/** Only a reason that lies in the address, and that the server calls permanent, is a hard bounce. */
export function classify(finding: Finding): RecipientReport {
  const { address, action, status } = finding
  const texts = finding.texts.filter((text) => text.trim() !== '')
  const { text, verdict } = mostTelling(status, texts)
  return { address, class: classOf(action, verdict), status: verdict.status, text: cleanText(text) }
}

function classOf(action: Finding['action'], { reason, temporary }: Verdict): RecipientClass {
  if (action === 'delivered') return 'delivered'
  if (action === 'delayed') return 'deferred'
  return action === 'failed' && !temporary && ADDRESS_REASONS.has(reason) ? 'bounced_hard' : 'bounced_soft'
}

/** The first text that gives a reason; the first of all where none does. */
function mostTelling(status: string, texts: string[]): { text: string; verdict: Verdict } {
  for (const text of texts.slice(0, MAX_TEXTS)) {
    const verdict = reasonOf(status, text)
    if (verdict.reason !== 'undetermined') return { text, verdict }
  }
  const [text = ''] = texts
  return { text, verdict: reasonOf(status, text) }
}

const MAX_TEXTS = 6
