import type { Key, Translate } from '../../i18n'

/** What a label is called: itself in the language of the interface; a further plural form after the one we know. */
export function labelName(key: string, t: Translate): string {
  const form = /^(unit\.\w+)\.(zero|two|few|many)$/.exec(key)
  return form ? `${t(`${form[1]}.other` as Key)} (${form[2]})` : t(key as Key)
}
