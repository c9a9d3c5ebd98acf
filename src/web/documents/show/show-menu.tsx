import type { Child } from 'hono/jsx'
import { leftToCredit } from '../../../domain/credit-note'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import type { IconName } from '../../ui/icon-names'
import { useMay } from '../../ui/may'
import type { ShowProps } from './show-props'

/** Shows the menu of secondary actions. */
export const ShowMenu = ({ loaded: { document }, copyId, creditId }: ShowProps) => {
  const { t } = useFrame()
  const may = useMay('member')
  const { id, status } = document
  return (
    <details class="menu push">
      <summary class="button quiet icon-only" aria-label={t('documents.menu')}>
        <Icon name="ellipsis" />
      </summary>
      <div class="menu-items">
        <a href={routes.documentPdf(id)}>
          <Icon name="download" />
          {t('documents.download')}
        </a>
        {may && !document.snapshot?.upload && (
          <form method="post" action={routes.documentCopy(id)}>
            <input type="hidden" name="copyId" value={copyId} />
            <button type="submit">
              <Icon name="copy" />
              {t('documents.duplicate')}
            </button>
          </form>
        )}
        {may && leftToCredit(document) > 0 && <Credit id={id} creditId={creditId} />}
        {may && document.latestSendId !== null && (
          <Confirmation act="links" icon="x" action={routes.documentLinks(id)} />
        )}
        {may && status === 'draft' && (
          <a class="danger" href={routes.documentDeletion(id)}>
            <Icon name="trash-2" />
            {t('documents.delete')}
          </a>
        )}
      </div>
    </details>
  )
}

/** Offers a credit note to edit, or after a confirmation one of the whole remaining amount. */
const Credit = ({ id, creditId }: { id: string; creditId: string }) => {
  const { t } = useFrame()
  return (
    <>
      <a href={routes.newCreditNote(id)}>
        <Icon name="file-minus" />
        {t('documents.credit')}
      </a>
      <Confirmation act="void" icon="file-x" action={routes.documentCreditNotes(id)}>
        <input type="hidden" name="creditId" value={creditId} />
      </Confirmation>
    </>
  )
}

interface ConfirmationProps {
  act: 'void' | 'links'
  icon: IconName
  action: string
  /** Hidden fields. */
  children?: Child
}

/** Explains what an action does, and offers it. */
const Confirmation = ({ act, icon, action, children }: ConfirmationProps) => {
  const { t } = useFrame()
  return (
    <details class="menu-more">
      <summary>
        <Icon name={icon} />
        {t(`documents.${act}`)}
      </summary>
      <form method="post" action={action}>
        {children}
        <p class="small muted">{t(`documents.${act}.text`)}</p>
        <button type="submit" class="danger">
          {t(`documents.${act}.confirm`)}
        </button>
      </form>
    </details>
  )
}
