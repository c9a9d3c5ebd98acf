import { languageChain } from '../../domain/languages'
import { TEXT_GROUPS, type TextGroup, type TextKind } from '../../domain/translation'
import { languageName } from '../../i18n/format'
import { translationFor } from '../../mail/translation'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { Breadcrumb } from '../ui/breadcrumb'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Notice } from '../ui/notice'
import { labelName } from './label-name'
import { Completeness } from './list-page'
import type { RequiredLanguage } from './require-language'

/** Lists the texts and labels of a language: which are custom, and which are missing. */
export const LanguagePage = ({ state }: { state: RequiredLanguage }) => {
  const { t, language } = useFrame()
  return (
    <>
      <header class="page-head">
        <div>
          <Breadcrumb href={routes.translations}>{t('translations.title')}</Breadcrumb>
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
        {(state.missing.length > 0 || state.missingLabels.length > 0) && (
          <Notice tone="warn">
            <p>{t('translations.missing.text')}</p>
          </Notice>
        )}
        <Texts state={state} group="customers" />
        <Texts state={state} group="notices" />
        <h2>{t('translations.labels')}</h2>
        <ul class="card flush link-list">
          <LabelsRow state={state} />
        </ul>
        <MissingLabels state={state} />
      </div>
    </>
  )
}

const DeleteLink = ({ state }: { state: RequiredLanguage }) => {
  const { t } = useFrame()
  if (!useMay('admin')) return null
  return (
    <a class="button quiet" href={routes.languageDeletion(state.language)}>
      <Icon name="trash-2" />
      {t('translations.delete')}
    </a>
  )
}

const Texts = ({ state, group }: { state: RequiredLanguage; group: TextGroup }) => {
  const { t } = useFrame()
  return (
    <>
      <h2>{t(`translations.group.${group}`)}</h2>
      {group === 'notices' && <p class="muted small">{t('translations.group.notices.text')}</p>}
      <ul class="card flush link-list">
        {TEXT_GROUPS[group].map((kind) => (
          <TextRow state={state} kind={kind} />
        ))}
      </ul>
    </>
  )
}

const TextRow = ({ state, kind }: { state: RequiredLanguage; kind: TextKind }) => {
  const { t, signedIn } = useFrame()
  if (!signedIn) return null
  const text = translationFor(kind, languageChain(signedIn.settings, state.language), state.accountTexts.texts)
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

const LabelsRow = ({ state }: { state: RequiredLanguage }) => {
  const { t } = useFrame()
  const { missingLabels, changedLabels, builtIn } = state
  return (
    <li>
      <a href={routes.labels(state.language)}>
        <Icon name="file-text" />
        <span class="cluster">
          {t('translations.labels')}
          {missingLabels.length > 0 && (
            <Badge tone="warn" icon="triangle-alert">
              {t('translations.labels.missing', { count: missingLabels.length })}
            </Badge>
          )}
          {builtIn && changedLabels.length > 0 && <Badge tone="busy">{t('translations.state.changed')}</Badge>}
        </span>
        <span class="muted small">{t('translations.labels.text')}</span>
        <Icon name="chevron-right" />
      </a>
    </li>
  )
}

const MissingLabels = ({ state: { missingLabels } }: { state: RequiredLanguage }) => {
  const { t } = useFrame()
  if (missingLabels.length === 0) return null
  return (
    <details class="card">
      <summary>{t('translations.labels.missing', { count: missingLabels.length })}</summary>
      <ul class="chips">
        {missingLabels.map((key) => (
          <li class="small">{labelName(key, t)}</li>
        ))}
      </ul>
    </details>
  )
}

interface TextStateProps {
  state: RequiredLanguage
  kind: TextKind
  /** Language of the text that applies. */
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
