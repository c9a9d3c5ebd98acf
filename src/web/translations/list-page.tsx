import type { LanguageState } from '../../domain/language-states'
import { languageChain, languagesOf } from '../../domain/languages'
import { TEXT_KINDS } from '../../domain/translation'
import { plural } from '../../i18n'
import { languageName, nativeName } from '../../i18n/format'
import { ALL_LABELS } from '../../i18n/labels'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { AddLanguage } from './add-language'

interface Props {
  states: LanguageState[]
  form: FormState
}

export const LanguageListPage = ({ states, form }: Props) => {
  const { t } = useFrame()
  const mayEdit = useMay('admin')
  return (
    <>
      <header class="page-head">
        <div>
          <h1>{t('translations.title')}</h1>
          <p>{t('translations.text')}</p>
        </div>
      </header>
      <div class="two-pane">
        <div class="stack">
          <ul class="card flush link-list">
            {states.map((state) => (
              <LanguageRow state={state} />
            ))}
          </ul>
          {mayEdit && <AddLanguage states={states} form={form} />}
        </div>
        <aside>
          <FallbackRule />
        </aside>
      </div>
    </>
  )
}

const LanguageRow = ({ state }: { state: LanguageState }) => {
  const { t, language } = useFrame()
  return (
    <li>
      <a href={routes.languageTexts(state.language)}>
        <Icon name="languages" />
        <span class="cluster">
          <span lang={state.language}>{nativeName(state.language)}</span>
          {languageName(state.language, language) !== nativeName(state.language) && (
            <span class="muted small">{languageName(state.language, language)}</span>
          )}
          <code class="muted">{state.language}</code>
          {state.isDefault && <Badge tone="idle">{t('translations.default')}</Badge>}
        </span>
        <Completeness state={state} />
        <Icon name="chevron-right" />
      </a>
    </li>
  )
}

export const Completeness = ({ state }: { state: LanguageState }) => {
  const { t, language } = useFrame()
  const { missing, missingLabels, changed, changedLabels, builtIn } = state
  const total = TEXT_KINDS.length + ALL_LABELS.length
  const written = total - missing.length - missingLabels.length
  const changes = changed.length + changedLabels.length
  return (
    <span class="completeness small">
      <meter min={0} max={total} value={written} aria-hidden="true" />
      {written < total ? (
        <span class="tone-warn">{t('translations.complete.some', { count: written, total })}</span>
      ) : (
        <span class="muted">{t('translations.complete.all')}</span>
      )}
      {builtIn && changes > 0 && <span class="muted">{plural(language, 'translations.changed', changes)}</span>}
    </span>
  )
}

/** Explains the rule of `languageChain` with this account's languages. */
const FallbackRule = () => {
  const { t, language, signedIn } = useFrame()
  if (!signedIn) return null
  const { settings } = signedIn
  const languages = languagesOf(settings)
  const name = (tag: string) => languageName(tag, language)
  const [defaultLanguage = ''] = languageChain(settings, settings.language)
  return (
    <section class="card stack tight" aria-labelledby="fallback-title">
      <h2 id="fallback-title">{t('translations.rule.title')}</h2>
      <p class="muted small">{t('translations.rule.text')}</p>
      <ol class="steps">
        <li>{t('translations.rule.contact')}</li>
        <li>{t('translations.rule.base', { regional: name('de-AT'), base: name('de') })}</li>
        <li>
          {t('translations.rule.default')} <span class="strong">{name(defaultLanguage)}</span>.{' '}
          <a href={routes.documentSettings}>{t('translations.rule.change')}</a>
        </li>
        <li>
          {t('translations.rule.first')} <span class="strong">{name(languages[0] ?? '')}</span>.
        </li>
      </ol>
      <p class="muted small">{t('translations.rule.missing')}</p>
      <p class="muted small">{t('translations.rule.notices')}</p>
      {languages.length === 1 && (
        <p class="strong">{t('translations.rule.one', { language: name(languages[0] ?? '') })}</p>
      )}
    </section>
  )
}
