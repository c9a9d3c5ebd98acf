import { DOCUMENT_KINDS, type DocumentKind } from '../../domain/document'
import { isFrench } from '../../domain/number-pattern'
import { routes } from '../../routes'
import { Conflict } from '../ui/conflict'
import { ForAdmins } from '../ui/for-admins'
import { ErrorSummary, Field } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { SaveBar, SettingsTopic } from './settings-page'
import type { TopicProps } from './topic'

interface Props extends TopicProps {
  /** True for a series that has issued a number in this period, so that its counter can't be set. */
  started: Record<DocumentKind, boolean>
  /** The next numbers; '' if a pattern is invalid. */
  examples: Record<DocumentKind, string>
}

export const NumberPage = ({ form, tag, conflict, started, examples }: Props) => {
  const { t, signedIn } = useFrame()
  return (
    <SettingsTopic title="settings.numbers">
      <p class="muted">{t('settings.numbers.hint')}</p>
      {conflict.length > 0 && <Conflict differences={conflict} />}
      <ErrorSummary form={form} labels={labelsOf(form, t)} />
      <ForAdmins>
        <form class="card form" method="post" action={routes.numberSettings} novalidate>
          {DOCUMENT_KINDS.map((kind) => (
            <SeriesFields form={form} kind={kind} started={started[kind]} example={examples[kind]} />
          ))}
          <p class="hint">{t('settings.number_pattern.hint', QUOTED)}</p>
          {isFrench(signedIn?.company.address.country ?? '') && (
            <p class="hint">{t('settings.number_pattern.france')}</p>
          )}
          <SaveBar tag={tag} />
        </form>
      </ForAdmins>
    </SettingsTopic>
  )
}

const labelsOf = ({ errors }: FormState, t: ReturnType<typeof useFrame>['t']): Record<string, string> =>
  Object.fromEntries(
    DOCUMENT_KINDS.flatMap((kind) =>
      Object.keys(errors)
        .filter((name) => name.startsWith(`${kind}.`))
        .map((name) => [name, t(`documents.tab.${kind}`)]),
    ),
  )

interface SeriesProps {
  form: FormState
  kind: DocumentKind
  started: boolean
  example: string
}

const SeriesFields = ({ form, kind, started, example }: SeriesProps) => {
  const { t } = useFrame()
  const live = {
    'hx-get': `${routes.numberExample}?kind=${kind}`,
    'hx-include': 'closest fieldset',
    'hx-target': `#number-example-${kind}`,
    'hx-trigger': 'input changed delay:200ms',
  }
  return (
    <fieldset class="form-group">
      <legend>{t(`documents.tab.${kind}`)}</legend>
      <div class="field-row">
        <Field
          form={form}
          name={`${kind}.pattern`}
          label={t('settings.number_pattern')}
          maxlength={40}
          spellcheck={false}
          required
          attributes={live}
        />
        <Field
          form={form}
          name={`${kind}.next`}
          label={t('settings.next_number')}
          hint={t(started ? 'settings.next_number.started' : 'settings.next_number.hint')}
          inputmode="numeric"
          numeric
          attributes={started ? { disabled: '' } : live}
        />
      </div>
      <p>
        {t('settings.number_example')}{' '}
        <output class="numeric" id={`number-example-${kind}`} aria-live="polite">
          <NumberExample text={example} />
        </output>
      </p>
    </fieldset>
  )
}

/** Parts of a pattern, filled into the hint, since braces in a locale text are placeholders. */
const QUOTED = { year: '{YYYY}', shortYear: '{YY}', zeros: '{0000}' }

export const NumberExample = ({ text }: { text: string }) => <code>{text || '–'}</code>
