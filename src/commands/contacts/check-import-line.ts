import type { StoredContact } from '../../db/contacts'
import type { Contact } from '../../domain/contact'
import {
  contactOfLine,
  type ImportMatch,
  type ImportProblem,
  isSameContact,
  matchKeys,
  problem,
  problemsOfLine,
} from '../../domain/contact-import'
import { parseEmailAddresses } from '../../domain/email-addresses'
import { refuse } from '../../domain/result'
import { cleanLine } from '../../domain/text'
import type { ImportLine } from './import-files'

export type CheckedLine = { line: ImportLine; keys: string[] } & (
  | { act: 'create'; contact: Contact }
  | { act: 'update' | 'same'; contact: Contact; current: StoredContact }
  | { act: 'wrong'; problems: ImportProblem[] }
)

/**
 * Decides whether a line creates a contact, updates one, changes nothing or is refused.
 * @param matches stored contacts by key; undefined before they are loaded
 */
export function checkImportLine(
  line: ImportLine,
  by: ImportMatch,
  matches: Map<string, StoredContact[]> | undefined,
): CheckedLine {
  const keys = keysOf(line, by)
  const found = new Map(keys.flatMap((key) => matches?.get(key) ?? []).map((contact) => [contact.id, contact]))
  if (found.size > 1) {
    const field = by === 'none' ? '' : by
    return {
      line,
      keys,
      act: 'wrong',
      problems: [problem(line.line, field, refuse('import_ambiguous', { count: found.size }))],
    }
  }
  const [current] = found.values()
  const parsed = contactOfLine(line.cells, current)
  if (!parsed.ok) return { line, keys, act: 'wrong', problems: problemsOfLine(line.line, parsed.problems) }
  const contact = parsed.value
  if (!current) return { line, keys, act: 'create', contact }
  return { line, keys, act: isSameContact(current, contact) ? 'same' : 'update', contact, current }
}

function keysOf({ cells }: ImportLine, by: ImportMatch): string[] {
  const emails = parseEmailAddresses(cells.emails ?? '').addresses
  return matchKeys(by, { externalId: cleanLine(cells.externalId ?? ''), emails })
}
