import * as v from 'valibot'
import { line } from '../ui/form-state'

const secret = (...prefixes: string[]) =>
  v.pipe(
    line(300),
    v.check((text) => text === '' || !text.startsWith('sk_'), 'stripe.field.secret_key'),
    v.check((text) => text === '' || prefixes.some((prefix) => text.startsWith(prefix)), 'stripe.field.wrong_kind'),
  )

/** Parses the form of secrets. An empty field leaves the saved secret unchanged. */
export const StripeForm = v.object({
  liveSecret: secret('whsec_'),
  testSecret: secret('whsec_'),
  liveKey: secret('rk_live_'),
  testKey: secret('rk_test_'),
})
