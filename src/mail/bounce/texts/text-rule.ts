/** What a rule of the tables in this folder is. */

export const REASONS = [
  'address_unknown',
  'host_unknown',
  'no_mail_accepted',
  'moved',
  'suspended',
  'mailbox_full',
  'too_large',
  'sender_refused',
  'authentication',
  'content',
  'spam',
  'blocked',
  'filtered',
  'relay_denied',
  'policy',
  'rate_limited',
  'expired',
  'network',
  'system_full',
  'system_error',
  'protocol',
] as const
export type Reason = (typeof REASONS)[number]

export interface TextRule {
  reason: Reason
  pattern: RegExp
}

/**
 * Joins patterns into one rule. They meet one line in lower case, where each address has become `<>`. A space stands for at most a few
 * words: ` ~ ` is up to 40 characters of the same sentence.
 */
export const rule = (reason: Reason, ...patterns: string[]): TextRule => ({
  reason,
  pattern: new RegExp(patterns.map((pattern) => pattern.replaceAll(' ~ ', '(?:[^.;]|\\.(?! )){0,40}')).join('|')),
})
