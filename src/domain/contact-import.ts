/** Decides which contact each line of a file matches, and what is wrong with it. */
import {
  CONTACT_FIELDS,
  type Contact,
  type ContactField,
  type ContactProblems,
  parseContact,
  type TypedContact,
  typeContact,
} from './contact'
import { addressKey } from './email-addresses'
import type { ImportCells } from './import-cells'
import type { ImportColumns } from './import-columns'
import type { Refused } from './result'

export const MAX_IMPORT_LINES = 20_000
export const MAX_IMPORT_BYTES = 5 * 1024 * 1024
export const MAX_IMPORT_COLUMNS = 60
/** Most cells of a whole file, counted before it is parsed: each takes memory, even an empty one. */
export const MAX_IMPORT_CELLS = MAX_IMPORT_LINES * MAX_IMPORT_COLUMNS

/** How a line is matched to a contact: by external id, by any of its addresses, or not at all. */
export const IMPORT_MATCHES = ['externalId', 'emails', 'none'] as const
export type ImportMatch = (typeof IMPORT_MATCHES)[number]

export interface ImportChoices {
  columns: ImportColumns
  matchBy: ImportMatch
}

/** States of an import, in order; an import never goes back. */
export const IMPORT_STATUSES = ['uploading', 'uploaded', 'checked', 'applying', 'done'] as const
export type ImportStatus = (typeof IMPORT_STATUSES)[number]

/** Result of checking a whole file; the lines themselves are in R2 under its id. */
export interface ImportPlan {
  id: string
  create: number
  update: number
  /** Lines that change nothing. */
  same: number
  /** Lines with an error. */
  wrong: number
}

export interface ImportProblem {
  line: number
  /** '' = the line as a whole. */
  field: ContactField | ''
  reason: string
  details?: Record<string, string | number>
}

/** Returns the keys by which a contact is found: its external id, or its addresses. */
export function matchKeys(
  by: ImportMatch,
  { externalId = '', emails }: { externalId?: string; emails: string[] },
): string[] {
  if (by === 'externalId') return externalId === '' ? [] : [externalId]
  return by === 'emails' ? emails.map(addressKey) : []
}

const BLANK = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, ''])) as TypedContact

/** Returns the contact as it will be: the line's cells replace the stored fields. */
export const contactOfLine = (cells: ImportCells, current: Contact | undefined) =>
  parseContact({ ...(current ? typeContact(current) : BLANK), ...cells })

export function isSameContact(a: Contact, b: Contact): boolean {
  const [before, after] = [typeContact(a), typeContact(b)]
  return CONTACT_FIELDS.every((field) => before[field] === after[field])
}

/** Returns one problem for each refusal of a line. */
export const problemsOfLine = (line: number, problems: ContactProblems): ImportProblem[] =>
  Object.entries(problems).flatMap(([field, refusals]) =>
    refusals.map((refused) => problem(line, field as ContactField, refused)),
  )

export const problem = (line: number, field: ImportProblem['field'], { reason, details }: Refused): ImportProblem => ({
  ...{ line, field, reason },
  ...(details && { details }),
})

/** Suggests how to match lines: by external id where there is a column for it, else by e-mail address. */
export function likelyMatch(columns: ImportColumns): ImportMatch {
  if (columns.includes('externalId')) return 'externalId'
  return columns.includes('emails') ? 'emails' : 'none'
}
