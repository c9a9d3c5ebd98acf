/** Lists the company fields that decide where customers' money and replies go. */
import type { Company } from './company'

export const SENSITIVE_FIELDS = ['iban', 'bic', 'paymentNote', 'email'] as const
export type SensitiveField = (typeof SENSITIVE_FIELDS)[number]

/** Returns the fields that differ: a new bank account, another way to pay, another reply address. */
export const sensitiveChanges = (before: Company, after: Company): SensitiveField[] =>
  SENSITIVE_FIELDS.filter((field) => before[field] !== after[field])
