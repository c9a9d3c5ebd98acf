import { FRESH_SIGN_IN_MINUTES } from '../../domain/session'
import { useFrame } from './frame'

/** Contains the error messages that a script shows when the device fails. */
export const PasskeyProblem = () => {
  const { t } = useFrame()
  return (
    <p
      class="error"
      role="alert"
      hidden
      data-failed={t('passkeys.failed')}
      data-known={t('passkeys.known')}
      data-stale={t('passkeys.stale', { minutes: FRESH_SIGN_IN_MINUTES })}
    />
  )
}
