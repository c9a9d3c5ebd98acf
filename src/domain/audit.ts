/** Describes changes for the audit list: field, old value, new value; never a secret. */

/** Actions of the audit list; `audit.<action>` in the locales is the sentence for each. */
export const AUDIT_ACTIONS = [
  'account_opened',
  'company_saved',
  'settings_saved',
  'logo_saved',
  'logo_removed',
  'next_number_set',
  'translation_saved',
  'translation_reset',
  'labels_saved',
  'language_added',
  'language_deleted',
  'reply_confirmation_asked',
  'reply_address_confirmed',
  'person_invited',
  'invitation_cancelled',
  'invitation_accepted',
  'role_changed',
  'member_removed',
  'member_left',
  'contact_forgotten',
  'contact_merged',
  'contact_separated',
  'stripe_connected',
  'stripe_saved',
  'stripe_disconnected',
  'provider_saved',
  'provider_removed',
  'api_key_created',
  'api_key_revoked',
  'webhook_created',
  'webhook_changed',
  'webhook_removed',
  'webhook_secret_changed',
  'sender_saved',
  'sender_removed',
  'sender_key_added',
  'sender_key_removed',
  'account_closed',
  'account_kept',
  'quota_changed',
  'sending_resumed',
  'suppression_added',
  'suppression_released',
  'sent_despite_unsubscription',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export interface Change {
  /** Path of a field: `iban`, `address.town`. */
  field: string
  from: string
  to: string
}

const MAX_VALUE = 300
const SECRET = /secret|password|token|apikey|privatekey/i
const HIDDEN = '•••'

type Fields = Record<string, unknown>

/** Returns the fields that differ, in the order of `after`. A list counts as one field. */
export function changesBetween(before: object, after: object): Change[] {
  const [old, now] = [leaves(before), leaves(after)]
  const names = [...new Set([...Object.keys(now), ...Object.keys(old)])]
  return names
    .filter((name) => plain(old[name]) !== plain(now[name]))
    .map((field) => ({ field, from: shown(field, old[field]), to: shown(field, now[field]) }))
}

/** Treats an unset switch as off. */
const plain = (value = ''): string => (value === 'false' ? '' : value)

const shown = (field: string, value = ''): string =>
  SECRET.test(field) && value !== '' ? HIDDEN : value.slice(0, MAX_VALUE)

function leaves(value: object, prefix = ''): Record<string, string> {
  const entries = Object.entries(value as Fields).flatMap(([name, inner]) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.entries(leaves(inner, `${prefix}${name}.`))
      : [[`${prefix}${name}`, textOf(inner)] as const],
  )
  return Object.fromEntries(entries)
}

/** Returns a value as text; items of a list come without their ids. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(textOf).join('; ')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value as Fields)
    .filter(([name]) => name !== 'id')
    .map(([name, inner]) => (SECRET.test(name) ? HIDDEN : textOf(inner)))
    .join(' · ')
}
