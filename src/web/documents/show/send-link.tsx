import { wasSent } from '../../../domain/delivery'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { useMay } from '../../ui/may'
import type { LiveActivity } from './activity'

/** The one thing to do with a document; what it is called follows what became of its mails. */
export const SendLink = ({ document: { id, status, mailState } }: Pick<LiveActivity, 'document'>) => {
  const { t } = useFrame()
  if (!useMay('member')) return null
  const final = wasSent(mailState) ? 'documents.send_again' : 'documents.send'
  return (
    <a class="button primary block" id="send-link" href={routes.newSend(id)}>
      <Icon name="send" />
      {t(status === 'draft' ? 'documents.review_and_send' : final)}
    </a>
  )
}
