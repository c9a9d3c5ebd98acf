import { baseLanguage, directionOf } from '../../domain/languages'
import { isNoticeKind, type NoticeKind, type TextKind } from '../../domain/translation'
import type { Translate } from '../../i18n'
import { languageName } from '../../i18n/format'
import { MAX_LENGTH } from '../../mail/check-translation'
import { mayLink, type Variable, variablesOf } from '../../mail/variables'
import { frameLanguageOf } from '../../mail/write-notice'
import { routes } from '../../routes'
import { ForAdmins } from '../ui/for-admins'
import { Field, TextArea } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { type Insertable, VariableChips } from '../ui/variable-chips'
import type { RequiredText } from './require-language'
import { problemsOf } from './text-form'
import { TextProblems } from './text-problems'

export const TextFields = ({ found, form }: { found: RequiredText; form: FormState }) => {
  const { t, signedIn } = useFrame()
  const mayEdit = useMay('admin')
  const { state, kind } = found
  const live = {
    'hx-post': routes.translationPreview(state.language, kind),
    'hx-trigger': 'input from:#translation-form delay:300ms',
    'hx-include': '#translation-form',
    'hx-vals': '{"load":"problems"}',
  }
  return (
    <ForAdmins>
      <div class="card stack">
        <Field
          form={form}
          name="subject"
          label={t('send.subject')}
          autocomplete="off"
          attributes={{ lang: state.language, dir: directionOf(state.language), 'data-insert-into': '' }}
        />
        <TextArea
          form={form}
          name="body"
          label={t('send.body')}
          hint={t(mayLink(kind) ? 'translations.body.hint' : 'translations.body.hint.no_links')}
          rows={isNoticeKind(kind) ? 8 : 18}
          attributes={{ lang: state.language, dir: directionOf(state.language), 'data-insert-into': '' }}
        />
        <div id="text-problems" aria-live="polite" {...live}>
          <TextProblems
            values={form.values}
            kind={kind}
            problems={Object.keys(form.errors).length > 0 ? problemsOf(form.values, kind) : []}
          />
        </div>
        {isNoticeKind(kind) && <Fixed kind={kind} language={state.language} />}
        {mayEdit && (
          <div class="form-actions">
            <button type="submit" class="primary">
              {t('form.save')}
            </button>
            <button type="submit" formaction={routes.translationTests(state.language, kind)}>
              <Icon name="send" />
              {t('translations.test')}
            </button>
            <span class="muted small break-all">{t('translations.test.text', { email: signedIn?.email ?? '' })}</span>
          </div>
        )}
        {mayEdit && <p class="muted small">{t('translations.save.text', { max: MAX_LENGTH.body })}</p>}
      </div>
      <Variables kind={kind} />
    </ForAdmins>
  )
}

/** Shows what every notice says besides its text, and in which language if that isn't the text's. */
const Fixed = ({ kind, language }: { kind: NoticeKind; language: string }) => {
  const { t, language: interfaceLanguage, signedIn } = useFrame()
  const frameLanguage = signedIn ? frameLanguageOf(signedIn.settings, language) : language
  return (
    <p class="muted small">
      {t(`translations.fixed.${kind}`)}{' '}
      {frameLanguage !== baseLanguage(language) &&
        t('translations.fixed.language', { language: languageName(frameLanguage, interfaceLanguage) })}
    </p>
  )
}

/** Offers variables and example links to insert. */
const Variables = ({ kind }: { kind: TextKind }) => {
  const { t } = useFrame()
  const variables = variablesOf(kind).map((name) => ({ code: `{{ ${name} }}`, text: t(`mail.variable.${name}`) }))
  return (
    <div class="card">
      <VariableChips items={[...variables, ...linksFor(kind, t)]} />
    </div>
  )
}

/** Returns example links to insert; none if the text may not contain links. */
function linksFor(kind: TextKind, t: Translate): Insertable[] {
  const customLink = (variable: Variable) => ({
    code: `[${t('translations.link.label')}](https://example.com/?number={{ ${variable} }})`,
    text: t('translations.link.own'),
  })
  const variableLink = (variable: Variable) => `[${t('translations.link.label')}]({{ ${variable} }})`
  if (!mayLink(kind)) return []
  if (kind === 'problem_notice')
    return [{ code: variableLink('problem.link'), text: t('translations.link.problem') }, customLink('document.number')]
  if (kind === 'problem_digest') return [{ code: variableLink('problems.link'), text: t('translations.link.problems') }]
  return [{ code: variableLink('document.link'), text: t('translations.link.document') }, customLink('document.number')]
}
