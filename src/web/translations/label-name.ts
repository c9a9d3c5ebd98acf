import type { Key, Translate } from '../../i18n'

/**
 * Returns the name of a label for the editor: its text in the language of the interface. Units are shown as « 1 hour »,
 * « 2 hours », and further plural forms after the name.
 */
export function labelName(key: string, t: Translate): string {
  const [, unit, form] = /^(unit\.\w+)\.(\w+)$/.exec(key) ?? []
  if (form === 'one') return `1 ${t(key as Key)}`
  if (form === 'other') return `2 ${t(key as Key)}`
  return form ? `${t(`${unit}.other` as Key)} (${form})` : t(key as Key)
}
