import type { Key, Translate } from '../../i18n'

/** What a label is called: itself in the language of the interface; a unit with one or two of it, a further plural form after its name. */
export function labelName(key: string, t: Translate): string {
  const [, unit, form] = /^(unit\.\w+)\.(\w+)$/.exec(key) ?? []
  if (form === 'one') return `1 ${t(key as Key)}`
  if (form === 'other') return `2 ${t(key as Key)}`
  return form ? `${t(`${unit}.other` as Key)} (${form})` : t(key as Key)
}
