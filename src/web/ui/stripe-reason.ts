import en from '../../../locales/en.json'
import type { Key, Translate } from '../../i18n'

const isKey = (key: string): key is Key => key in en

/** Returns the reason why a Stripe event waits or could not be mapped. */
export function stripeReason(reason: string, t: Translate): string {
  for (const key of [`stripe.reason.${reason}`, `refusal.${reason}`]) if (isKey(key)) return t(key)
  return t('stripe.reason.failed')
}
