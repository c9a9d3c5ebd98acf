import { useFrame } from './frame'

/** Where the script says what went wrong on the device. */
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
