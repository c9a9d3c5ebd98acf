import { wasSent } from '../../../domain/delivery'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { useMay } from '../../ui/may'
import { firstOpenProblem, type LiveActivity } from './activity'

/** The one thing to do with a document, unless a mail of it must be mended first; what it is called follows what became of its mails. */
export const SendLink = ({ document: { id, status, mailState }, sends }: Pick<LiveActivity, 'document' | 'sends'>) => {
  const { t } = useFrame()
  if (!useMay('member')) return null
  const final = wasSent(mailState) ? 'documents.send_again' : 'documents.send'
  return (
    <a
      class={firstOpenProblem(sends) ? 'button block' : 'button primary block'}
      id="send-link"
      href={routes.newSend(id)}
    >
      <Icon name="send" />
      {t(status === 'draft' ? 'documents.review_and_send' : final)}
    </a>
  )
}
