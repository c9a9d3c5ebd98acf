/** What a reader finds of one recipient, before its reason is known. */

export interface Finding {
  /** Empty where the report names none. */
  address: string
  action: Action
  /** RFC 3463 code of the report's own field; empty where there is none. */
  status: string
  /** What the refusing server said, the most trustworthy first. */
  said: string[]
  /** What the reporting server wrote for people: right beside the address ('' if nothing), then around it. */
  prose: string[]
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
    if (before) {
      before.said.push(...finding.said)
      before.prose.push(...finding.prose)
    } else byAddress.set(key, { ...finding, said: [...finding.said], prose: [...finding.prose] })
  }
  return [...byAddress.values()].slice(0, MAX_FINDINGS)
}
