import en from '../../../locales/en.json'
import type { Refused } from '../../domain/result'
import type { Key, Translate } from '../../i18n'

const isKey = (key: string): key is Key => key in en

/** Returns the text of a refusal: `refusal.<reason>`, filled with its details. */
export function refusalText(t: Translate, { reason, details }: Refused): string {
  const key = `refusal.${reason}`
  if (!isKey(key)) throw new Error(`no text for ${key}`)
  return t(key, details)
}
