/** Translates the codes that say why a mail did not arrive. */
import en from '../../locales/en.json'
import type { Key, Translate } from './index'

const isKey = (key: string): key is Key => key in en

/** Returns the text `reason.<code>`; undefined for a code without one. */
export function reasonText(t: Translate, code: string | null | undefined): string | undefined {
  const key = `reason.${code}`
  return code && isKey(key) ? t(key) : undefined
}
