import { MAX_LENGTH } from '../../mail/check-translation'
import { VARIABLES } from '../../mail/variables'
import { routes } from '../../routes'
import { ForAdmins } from '../settings/settings-page'
import { Field, TextArea } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { problemsOf } from './text-form'
import { TextProblems } from './text-problems'
import type { TheText } from './the-language'

export const TextFields = ({ found, form }: { found: TheText; form: FormState }) => {
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
          attributes={{ lang: state.language, 'data-insert-into': '' }}
        />
        <TextArea
          form={form}
          name="body"
          label={t('send.body')}
          hint={t('translations.body.hint')}
          rows={18}
          attributes={{ lang: state.language, 'data-insert-into': '' }}
        />
        <div id="text-problems" aria-live="polite" {...live}>
          <TextProblems
            values={form.values}
            problems={Object.keys(form.errors).length > 0 ? problemsOf(form.values) : []}
          />
        </div>
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
      <Variables />
    </ForAdmins>
  )
}

/** A list to copy from; with scripts each is a button that writes itself where the cursor is (`text-editor.js`). */
const Variables = () => {
  const { t } = useFrame()
  const link = t('translations.link.label')
  const links = [
    { code: `[${link}]({{ document.link }})`, text: t('translations.link.document') },
    { code: `[${link}](https://example.com/?number={{ document.number }})`, text: t('translations.link.own') },
  ]
  return (
    <details class="card variables" open>
      <summary>
        <h2>{t('send.variables')}</h2>
      </summary>
      <dl class="facts small">
        {VARIABLES.map((name) => (
          <>
            <dt>
              <code data-insert>{`{{ ${name} }}`}</code>
            </dt>
            <dd>{t(`mail.variable.${name}`)}</dd>
          </>
        ))}
        {links.map(({ code, text }) => (
          <>
            <dt>
              <code data-insert>{code}</code>
            </dt>
            <dd>{text}</dd>
          </>
        ))}
      </dl>
    </details>
  )
}
