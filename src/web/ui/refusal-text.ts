import type { Refused } from '../../domain/result'
import type { Translate } from '../../i18n'
import { isRefusalKey, refusalKey } from '../../i18n/refusal'

/** Returns the text of a refusal: `refusal.<reason>`, filled with its details. */
export function refusalText(t: Translate, { reason, details }: Refused): string {
  const key = refusalKey(reason)
  if (!isRefusalKey(key)) throw new Error(`no text for ${key}`)
  return t(key, details)
}
