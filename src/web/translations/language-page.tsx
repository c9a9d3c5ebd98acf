import { languageChain } from '../../domain/languages'
import { MAIL_KINDS, type MailKind } from '../../domain/translation'
import { languageName } from '../../i18n/format'
import { translationFor } from '../../mail/translation'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Notice } from '../ui/notice'
import { Completeness } from './list-page'
import type { TheLanguage } from './the-language'

/** One language: its texts, what is its own in them, and what comes from elsewhere. */
export const LanguagePage = ({ state }: { state: TheLanguage }) => {
  const { t, language } = useFrame()
  return (
    <>
      <header class="page-head">
        <div>
          <nav class="breadcrumb">
            <a href={routes.translations}>
              <Icon name="chevron-left" />
              {t('translations.title')}
            </a>
          </nav>
          <h1>{languageName(state.language, language)}</h1>
          <p class="cluster">
            <code>{state.language}</code>
            {state.isDefault && <Badge tone="idle">{t('translations.default')}</Badge>}
            <Completeness state={state} />
          </p>
        </div>
        <DeleteLink state={state} />
      </header>
      <div class="stack">
        {state.missing.length > 0 && (
          <Notice tone="warn">
            <p>{t('translations.missing.text')}</p>
          </Notice>
        )}
        <h2>{t('translations.mails')}</h2>
        <ul class="card flush link-list">
          {MAIL_KINDS.map((kind) => (
            <TextRow state={state} kind={kind} />
          ))}
        </ul>
      </div>
    </>
  )
}

const DeleteLink = ({ state }: { state: TheLanguage }) => {
  const { t } = useFrame()
  if (!useMay('admin')) return null
  return (
    <a class="button quiet" href={routes.languageDeletion(state.language)}>
      <Icon name="trash-2" />
      {t('translations.delete')}
    </a>
  )
}

const TextRow = ({ state, kind }: { state: TheLanguage; kind: MailKind }) => {
  const { t, signedIn } = useFrame()
  if (!signedIn) return null
  const text = translationFor(kind, languageChain(signedIn.settings, state.language), state.own)
  return (
    <li>
      <a href={routes.translation(state.language, kind)}>
        <Icon name="mail" />
        <span class="cluster">
          {t(`translations.kind.${kind}`)}
          <TextState state={state} kind={kind} from={text.language} />
        </span>
        <span class="muted small" lang={text.language}>
          {text.subject}
        </span>
        <Icon name="chevron-right" />
      </a>
    </li>
  )
}

interface TextStateProps {
  state: TheLanguage
  kind: MailKind
  /** The language in which the text was found. */
  from: string
}

export const TextState = ({ state, kind, from }: TextStateProps) => {
  const { t, language } = useFrame()
  if (state.missing.includes(kind))
    return (
      <Badge tone="warn" icon="triangle-alert">
        {t('translations.state.missing', { language: languageName(from, language) })}
      </Badge>
    )
  if (state.builtIn && state.changed.includes(kind)) return <Badge tone="busy">{t('translations.state.changed')}</Badge>
  return null
}
