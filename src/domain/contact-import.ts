/** A file of contacts: what each line comes to. */
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
/** Of a whole file, counted before it is parsed: each takes memory, however little stands in it. */
export const MAX_IMPORT_CELLS = MAX_IMPORT_LINES * MAX_IMPORT_COLUMNS

/** How a line finds the contact that it is about: by the id it has elsewhere, by any of its addresses, or not at all. */
export const IMPORT_MATCHES = ['externalId', 'emails', 'none'] as const
export type ImportMatch = (typeof IMPORT_MATCHES)[number]

export interface ImportChoices {
  columns: ImportColumns
  matchBy: ImportMatch
}

/** Every import goes through these, and never back. */
export const IMPORT_STATUSES = ['uploading', 'uploaded', 'checked', 'applying', 'done'] as const
export type ImportStatus = (typeof IMPORT_STATUSES)[number]

/** What a whole check came to; the lines themselves are in R2 under its id. */
export interface ImportPlan {
  id: string
  create: number
  update: number
  /** They say what is there already. */
  same: number
  /** Lines with an error. */
  wrong: number
}

export interface ImportProblem {
  line: number
  /** '' where it is the line as a whole. */
  field: ContactField | ''
  reason: string
  details?: Record<string, string | number>
}

/** By what a contact is known again: its id elsewhere, or its addresses. */
export function matchKeys(
  by: ImportMatch,
  { externalId = '', emails }: { externalId?: string; emails: string[] },
): string[] {
  if (by === 'externalId') return externalId === '' ? [] : [externalId]
  return by === 'emails' ? emails.map(addressKey) : []
}

const BLANK = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, ''])) as TypedContact

/** The contact as it will be: what the line says over what is there. */
export const contactOfLine = (cells: ImportCells, current: Contact | undefined) =>
  parseContact({ ...(current ? typeContact(current) : BLANK), ...cells })

export function isSameContact(a: Contact, b: Contact): boolean {
  const [was, is] = [typeContact(a), typeContact(b)]
  return CONTACT_FIELDS.every((field) => was[field] === is[field])
}

/** Each thing that is wrong, for the line it is in. */
export const problemsOfLine = (line: number, problems: ContactProblems): ImportProblem[] =>
  Object.entries(problems).flatMap(([field, refusals]) =>
    refusals.map((refused) => problem(line, field as ContactField, refused)),
  )

export const problem = (line: number, field: ImportProblem['field'], { reason, details }: Refused): ImportProblem => ({
  ...{ line, field, reason },
  ...(details && { details }),
})

/** By the id elsewhere where there is a column of them, else by e-mail. */
export function likelyMatch(columns: ImportColumns): ImportMatch {
  if (columns.includes('externalId')) return 'externalId'
  return columns.includes('emails') ? 'emails' : 'none'
}
