import { useFrame } from './frame'

/** Holds the error messages that the script shows when something fails on the device. */
export const PasskeyProblem = () => {
  const { t } = useFrame()
  return (
    <p
      class="error"
      role="alert"
      hidden
      data-failed={t('passkeys.failed')}
      data-known={t('passkeys.known')}
      data-stale={t('passkeys.stale')}
    />
  )
}
