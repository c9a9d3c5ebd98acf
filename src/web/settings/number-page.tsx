import { routes } from '../../routes'
import { Conflict, ErrorSummary, Field } from '../ui/form'
import { useFrame } from '../ui/frame'
import { ForAdmins, SaveBar, SettingsTopic } from './settings-page'
import type { TopicProps } from './topic'

interface Props extends TopicProps {
  /** Once the first number of the period is out, the counter is the system's. */
  started: boolean
  /** The next number as it would be written; '' while the pattern is no pattern. */
  example: string
}

export const NumberPage = ({ form, tag, conflict, started, example }: Props) => {
  const { t } = useFrame()
  const live = {
    'hx-get': routes.numberExample,
    'hx-include': 'closest form',
    'hx-target': '#number-example',
    'hx-trigger': 'input changed delay:200ms',
  }
  return (
    <SettingsTopic title="settings.numbers">
      <p class="muted">{t('settings.numbers.hint')}</p>
      {conflict.length > 0 && <Conflict differences={conflict} />}
      <ErrorSummary form={form} />
      <ForAdmins>
        <form class="card form" method="post" action={routes.numberSettings} novalidate>
          <Field
            form={form}
            name="pattern"
            label={t('settings.number_pattern')}
            hint={t('settings.number_pattern.hint', QUOTED)}
            maxlength={40}
            spellcheck={false}
            required
            attributes={live}
          />
          <Field
            form={form}
            name="next"
            label={t('settings.next_number')}
            hint={t(started ? 'settings.next_number.started' : 'settings.next_number.hint')}
            inputmode="numeric"
            numeric
            class="short"
            attributes={started ? { disabled: '' } : live}
          />
          <div class="field">
            <span class="strong">{t('settings.number_example')}</span>
            <output class="numeric" id="number-example" aria-live="polite">
              <NumberExample text={example} />
            </output>
          </div>
          <SaveBar tag={tag} />
        </form>
      </ForAdmins>
    </SettingsTopic>
  )
}

/** Braces in a text would be taken for its placeholders. */
const QUOTED = { year: '{YYYY}', shortYear: '{YY}', zeros: '{0000}' }

export const NumberExample = ({ text }: { text: string }) => <code>{text || '–'}</code>
