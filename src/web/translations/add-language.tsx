import type { LanguageState } from '../../domain/language-states'
import { BUILT_IN_LANGUAGES } from '../../domain/languages'
import { languageName } from '../../i18n/format'
import { routes } from '../../routes'
import { Field, Select } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'

/** Languages offered by name; any other tag may be typed. */
const OFFERED = new Set<string>([
  ...BUILT_IN_LANGUAGES,
  ...'bg ca cs da de-AT de-CH el en-US et eu fi fr-CA fr-CH ga gl hr hu is it-CH ja lb lt lv mt nb nl'.split(' '),
  ...'pl pt pt-BR ro sk sl sr sv tr uk'.split(' '),
])

export const AddLanguage = ({ states, form }: { states: LanguageState[]; form: FormState }) => {
  const { t, language } = useFrame()
  const existing = new Set(states.map((state) => state.language))
  const offered = [...OFFERED].filter((tag) => !existing.has(tag))
  const copyFrom = form.values.copyOf ?? states.find(({ isDefault }) => isDefault)?.language ?? ''
  const filled = { ...form, values: { ...form.values, copyOf: copyFrom } }
  return (
    <form class="card stack" method="post" action={routes.translations} novalidate>
      <h2>{t('translations.add.title')}</h2>
      <div class="field-row">
        <Field
          form={filled}
          name="tag"
          label={t('translations.add.tag')}
          hint={t('translations.add.tag.hint')}
          autocomplete="off"
          spellcheck={false}
          maxlength={35}
          list="language-tags"
          required
        />
        <Select
          form={filled}
          name="copyOf"
          label={t('translations.add.copy')}
          hint={t('translations.add.copy.hint')}
          options={states.map((state) => ({ value: state.language, label: languageName(state.language, language) }))}
        />
      </div>
      <datalist id="language-tags">
        {offered.map((tag) => (
          <option value={tag}>{languageName(tag, language)}</option>
        ))}
      </datalist>
      <div>
        <button type="submit">
          <Icon name="plus" />
          {t('translations.add')}
        </button>
      </div>
    </form>
  )
}
