/** What a reader finds of one recipient, before its reason is known. */

export interface Finding {
  /** Empty where the report names none. */
  address: string
  action: Action
  /** RFC 3463 code of the report's own field; empty where there is none. */
  status: string
  /** What may hold the reason, the most trustworthy first: the remote server's words, then what the reporting server wrote. */
  texts: string[]
}

/** `expired`: given up after a time. */
export type Action = 'failed' | 'delayed' | 'delivered' | 'expired'

export const MAX_FINDINGS = 100

/** Returns one finding an address, in order: a report may name one twice, in its field and in its prose. */
export function distinct(findings: Finding[]): Finding[] {
  const byAddress = new Map<string, Finding>()
  for (const finding of findings) {
    const key = finding.address.toLowerCase()
    const before = byAddress.get(key)
    if (before) before.texts.push(...finding.texts)
    else byAddress.set(key, { ...finding, texts: [...finding.texts] })
  }
  return [...byAddress.values()].slice(0, MAX_FINDINGS)
}
