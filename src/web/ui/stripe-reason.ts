import en from '../../../locales/en.json'
import type { Key, Translate } from '../../i18n'

const isKey = (key: string): key is Key => key in en

/** Why an event waits or could not be mapped: reasons of Stripe's events, else those of any refusal. */
export function stripeReason(reason: string, t: Translate): string {
  for (const key of [`stripe.reason.${reason}`, `refusal.${reason}`]) if (isKey(key)) return t(key)
  return t('stripe.reason.failed')
}
