/** Codes of why a mail did not arrive, in words. */
import en from '../../locales/en.json'
import type { Key, Translate } from './index'

const isKey = (key: string): key is Key => key in en

/** `reason.<code>`; undefined for a code that has no words of its own. */
export function reasonText(t: Translate, code: string | null | undefined): string | undefined {
  const key = `reason.${code}`
  return code && isKey(key) ? t(key) : undefined
}
