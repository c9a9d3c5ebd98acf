import { chooseLanguage, languagesOf } from '../../domain/languages'
import { languageName } from '../../i18n/format'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import type { RequiredLanguage } from './require-language'

/** Asks before a language is deleted, and names the language that replaces it. */
export const LanguageDeletionPage = ({ state }: { state: RequiredLanguage }) => {
  const { t, language, signedIn } = useFrame()
  if (!signedIn) return null
  const { settings } = signedIn
  const name = (tag: string) => languageName(tag, language)
  const remaining = languagesOf(settings).filter((tag) => tag !== state.language)
  const [first] = remaining
  const nextLanguage = chooseLanguage({ ...settings, languages: remaining }, state.language)
  return (
    <section class="card stack">
      <h1>{t('translations.delete.title', { language: name(state.language) })}</h1>
      {first === undefined ? (
        <p>{t('refusal.last_language')}</p>
      ) : (
        <>
          <p>{t('translations.delete.instead', { language: name(nextLanguage) })}</p>
          {remaining.length === 1 && <p>{t('translations.rule.one', { language: name(first) })}</p>}
          {state.isDefault && <p>{t('translations.delete.default', { language: name(first) })}</p>}
          <p class="muted">{t(state.builtIn ? 'translations.delete.built_in' : 'translations.delete.own')}</p>
        </>
      )}
      <form method="post" action={routes.languageDeletion(state.language)} class="cluster">
        {first !== undefined && (
          <button type="submit" class="danger">
            {t('translations.delete')}
          </button>
        )}
        <a href={routes.languageTexts(state.language)}>{t('form.cancel')}</a>
      </form>
    </section>
  )
}
