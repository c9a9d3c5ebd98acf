import { useFrame } from './frame'

/** Shows what a mail server responded; nothing if that is unknown. */
export const ServerText = ({ text }: { text: string | null | undefined }) => {
  const { t } = useFrame()
  if (!text) return null
  return (
    <p class="small muted">
      {t('deliveries.server_text')} <samp class="break-all">{text}</samp>
    </p>
  )
}
