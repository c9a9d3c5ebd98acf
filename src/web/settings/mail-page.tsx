import { BATCH_WINDOWS_MS, LINK_EXPIRY_MONTHS } from '../../domain/account-defaults'
import { DOCUMENT_KINDS } from '../../domain/document'
import type { Language } from '../../i18n'
import { formatUnits } from '../../i18n/format'
import { routes } from '../../routes'
import { Conflict } from '../ui/conflict'
import { ForAdmins } from '../ui/for-admins'
import { Checkbox, ErrorSummary, Field, type Option, Select } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { SaveBar, SettingsTopic } from './settings-page'
import type { TopicProps } from './topic'

const MINUTE_MS = 60_000

export const MailPage = ({ form, tag, conflict, more }: TopicProps) => {
  const { t, language } = useFrame()
  const windows = BATCH_WINDOWS_MS.map((ms) => windowOption(ms, language, t('settings.batch_window.none')))
  return (
    <SettingsTopic title="settings.mail">
      {conflict.length > 0 && <Conflict differences={conflict} />}
      <ErrorSummary form={form} />
      <ForAdmins>
        <form class="card form" method="post" action={routes.mailSettings} novalidate>
          <Checkbox form={form} name="autosend" label={t('settings.autosend')} hint={t('settings.autosend.hint')} />
          <Select
            form={form}
            name="batchWindowMs"
            label={t('settings.batch_window')}
            hint={t('settings.batch_window.hint')}
            options={windows}
          />
          <Checkbox
            form={form}
            name="attachPdf"
            label={t('settings.attach_pdf')}
            hint={t('settings.attach_pdf.hint')}
          />
          <Copies form={form} />
          <Select
            form={form}
            name="linkExpiryMonths"
            label={t('settings.link_expiry')}
            hint={t('settings.link_expiry.hint')}
            options={LINK_EXPIRY_MONTHS.map((months) => ({
              value: String(months),
              label: formatUnits(months, 'month', language),
            }))}
          />
          <SaveBar tag={tag} />
        </form>
      </ForAdmins>
      {more}
    </SettingsTopic>
  )
}

const Copies = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  return (
    <fieldset class="stack">
      <legend>{t('settings.copies')}</legend>
      <p class="hint">{t('settings.copies.text')}</p>
      <div class="field-row">
        {DOCUMENT_KINDS.map((kind) => (
          <Field
            form={form}
            name={`copiesTo.${kind}`}
            label={t(`settings.copies.${kind}`)}
            type="email"
            autocomplete="off"
            spellcheck={false}
            optional
          />
        ))}
      </div>
    </fieldset>
  )
}

function windowOption(ms: number, language: Language, none: string): Option {
  if (ms === 0) return { value: '0', label: none }
  const label =
    ms < MINUTE_MS ? formatUnits(ms / 1000, 'second', language) : formatUnits(ms / MINUTE_MS, 'minute', language)
  return { value: String(ms), label }
}
