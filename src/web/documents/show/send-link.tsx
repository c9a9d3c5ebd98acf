import { wasSent } from '../../../domain/delivery'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { useMay } from '../../ui/may'
import { firstOpenProblem, type LiveActivity } from './activity'

/** Links to the Send page, as the primary action unless a problem must be fixed first. The label depends on the mail state. */
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
