/** A device in words. */
import type { Translate } from '.'

/** « Firefox on Windows »; what is not known is left out. */
export function deviceText(t: Translate, { browser, system }: { browser: string; system: string }): string {
  if (browser && system) return t('device.browser_on_system', { browser, system })
  return browser || system || t('device.unknown')
}
