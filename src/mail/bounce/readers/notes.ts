/** Reads Lotus Notes' failure report, which gives each reason before the address that it is about. */
import { addressesIn } from '../addresses'
import type { Action, Finding } from '../finding'

export function readNotes(notice: string, action: Action): Finding[] {
  const [, reasons] = notice.split(/^-{3,} {0,4}Failure Reasons {0,4}-{3,}\s*$/im, 2)
  if (reasons === undefined) return []
  let said: string[] = []
  const findings: Finding[] = []
  for (const line of reasons.split('\n', 200)) {
    const [address] = addressesIn(line.slice(0, 600))
    if (address === undefined) {
      if (line.trim() !== '') said.push(line.trim())
      continue
    }
    // Several addresses in a row share the reason above them.
    const prose = said.length > 0 ? [said.join(' ')] : (findings.at(-1)?.prose ?? [])
    findings.push({ address, action, status: '', said: [], prose: [...prose] })
    said = []
  }
  return findings
}
