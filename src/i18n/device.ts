/** Describes a device in a person's language. */
import type { Translate } from '.'

/** Returns « Firefox on Windows »; an unknown part is left out. */
export function deviceText(t: Translate, { browser, system }: { browser: string; system: string }): string {
  if (browser && system) return t('device.browser_on_system', { browser, system })
  return browser || system || t('device.unknown')
}
