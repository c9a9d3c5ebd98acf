import { localDateTime } from '../../domain/calendar'
import { Field } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'

/** Shows the choice between the next batch and a date and time in the account's time zone. */
export const WhenFields = ({ form, timeZone }: { form: FormState; timeZone: string }) => {
  const { t, now } = useFrame()
  const later = form.values.when === 'later'
  return (
    <fieldset class="card stack">
      <legend>
        <h2>{t('send.when')}</h2>
      </legend>
      <div class="check">
        <input type="radio" id="f-when-next" name="when" value="next" checked={!later} />
        <label for="f-when-next">{t('send.when.next')}</label>
      </div>
      <div class="check">
        <input type="radio" id="f-when-later" name="when" value="later" checked={later} />
        <label for="f-when-later">{t('send.when.later')}</label>
      </div>
      <Field
        form={form}
        name="at"
        type="datetime-local"
        label={t('send.at')}
        hint={t('send.at.hint', { zone: timeZone })}
        class="when-at"
        attributes={{ min: localDateTime(now, timeZone) }}
      />
    </fieldset>
  )
}
