import { MAX_LABEL_CHARS } from '../../commands/translations/save-labels'
import type { Labels } from '../../domain/labels'
import { directionOf } from '../../domain/languages'
import { builtInText } from '../../i18n'
import { languageName } from '../../i18n/format'
import { LABEL_GROUPS, LABELS, type LabelGroup, moreUnitForms } from '../../i18n/labels'
import { isDrawable } from '../../pdf/document-labels'
import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { Conflict, type Difference } from '../ui/conflict'
import { ForAdmins } from '../ui/for-admins'
import { ErrorSummary, Field } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Notice } from '../ui/notice'
import { labelName } from './label-name'
import type { RequiredLanguage } from './require-language'

interface Props {
  state: RequiredLanguage
  form: FormState
  conflict: Difference[]
  /** Labels that apply where a field is empty. */
  fallbackLabels: Labels
}

export const LabelPage = ({ state, form, conflict, fallbackLabels }: Props) => {
  const { t, language } = useFrame()
  const groups = LABEL_GROUPS.map((group) => ({ group, keys: keysOf(group, state) }))
  return (
    <>
      <header class="page-head">
        <div>
          <Breadcrumb href={routes.languageTexts(state.language)}>{languageName(state.language, language)}</Breadcrumb>
          <h1>{t('translations.labels')}</h1>
          <p>{t('translations.labels.text')}</p>
        </div>
      </header>
      <form class="stack" method="post" action={routes.labels(state.language)} novalidate>
        <ErrorSummary
          form={form}
          labels={Object.fromEntries(Object.keys(form.errors).map((key) => [key, labelName(key, t)]))}
        />
        {conflict.length > 0 && <Conflict differences={conflict} />}
        {!isDrawable(state.language) && (
          <Notice tone="warn">
            <p>{t('translations.labels.script')}</p>
          </Notice>
        )}
        <p class="muted small">
          {t(state.builtIn ? 'translations.labels.empty' : 'translations.labels.empty.own', {
            language: languageName(fallbackLabels.base, language),
          })}
        </p>
        <input type="hidden" name="version" value={form.values.version ?? '0'} />
        <ForAdmins>
          {groups.map(({ group, keys }) => (
            <Group group={group} keys={keys} {...{ state, form, fallbackLabels }} />
          ))}
          <div class="form-actions labels-save">
            <button type="submit" class="primary">
              {t('form.save')}
            </button>
            <span class="muted small">{t('translations.labels.save')}</span>
          </div>
        </ForAdmins>
      </form>
    </>
  )
}

const keysOf = (group: LabelGroup, { language, builtIn }: RequiredLanguage): readonly string[] =>
  group === 'unit' && !builtIn ? [...LABELS.unit, ...moreUnitForms(language)].sort() : LABELS[group]

type GroupProps = Pick<Props, 'state' | 'form' | 'fallbackLabels'> & { group: LabelGroup; keys: readonly string[] }

const Group = ({ group, keys, state, form, fallbackLabels }: GroupProps) => {
  const { t } = useFrame()
  const missing = keys.filter((key) => state.missingLabels.includes(key))
  const wrong = keys.some((key) => form.errors[key])
  return (
    <details class="card labels" open={group === 'document' || missing.length > 0 || wrong}>
      <summary>
        <h2>{t(`translations.labels.${group}`)}</h2>{' '}
        {missing.length > 0 && (
          <span class="tone-warn small">{t('translations.labels.missing', { count: missing.length })}</span>
        )}
      </summary>
      <div class="label-grid">
        {keys.map((key) => (
          <LabelField {...{ form, state, fallbackLabels }} name={key} missing={missing.includes(key)} />
        ))}
      </div>
    </details>
  )
}

const LabelField = ({
  name,
  state,
  form,
  fallbackLabels,
  missing,
}: Omit<GroupProps, 'group' | 'keys'> & { name: string; missing: boolean }) => {
  const { t } = useFrame()
  const fallback = fallbackLabels.texts[name] ?? builtInText(fallbackLabels.base, name)
  const changed = state.builtIn && state.changedLabels.includes(name)
  const hint = changed
    ? t('translations.labels.ours', { text: fallback })
    : missing && t('translations.labels.taken', { text: fallback })
  return (
    <Field
      form={form}
      name={name}
      label={labelName(name, t)}
      {...(hint && { hint })}
      placeholder={fallback}
      maxlength={MAX_LABEL_CHARS}
      autocomplete="off"
      attributes={{ lang: state.language, dir: directionOf(state.language) }}
    />
  )
}
