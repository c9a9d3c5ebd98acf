import { routes } from '../../../routes'
import { refersToSentence } from '../../sheet/sheet-sentences'
import { SheetView } from '../../sheet/sheet-view'
import { UploadView } from '../../sheet/upload-view'
import { Breadcrumb } from '../../ui/breadcrumb'
import { ErrorSummary } from '../../ui/form'
import { useFrame } from '../../ui/frame'
import { DRAFT_TITLES } from '../../ui/new-document'
import { AttachmentsPanel } from './attachments-panel'
import { DeliveriesPanel } from './deliveries-panel'
import { HeldBackNotice } from './held-back-notice'
import { History } from './history'
import { FinaliseNotice, MissingNotice, NotSentNotice, UndrawableNotice } from './missing-notice'
import { SendLive } from './send-live'
import { ShowPanel } from './show-panel'
import type { ShowProps } from './show-props'

/** Shows a document: state and actions on one side, the document itself on the other, its history below. */
export const DocumentShowPage = (props: ShowProps) => {
  const { loaded, activity, refusal, attachmentForm, attachmentId, paymentForm, heldBack } = props
  const { id, attachments } = loaded.document
  const { t } = useFrame()
  return (
    <>
      <Head loaded={loaded} />
      <SendLive activity={activity} />
      {refusal ? <FinaliseNotice loaded={loaded} refusal={refusal} /> : <MissingNotice loaded={loaded} />}
      <HeldBackNotice event={heldBack} />
      <UndrawableNotice loaded={loaded} />
      <ErrorSummary form={attachmentForm} />
      <ErrorSummary form={paymentForm} labels={{ paidOn: t('documents.paid_on') }} />
      <NotSentNotice loaded={loaded} />
      <div class="document-page">
        <aside class="stack">
          <ShowPanel {...props} />
          <DeliveriesPanel activity={activity} />
          <AttachmentsPanel
            documentId={id}
            attachments={attachments ?? []}
            form={attachmentForm}
            attachmentId={attachmentId}
          />
        </aside>
        {loaded.snapshot.upload ? (
          <UploadView snapshot={loaded.snapshot} pdf={routes.documentPdf(id)} />
        ) : (
          <SheetView snapshot={loaded.snapshot} logo={routes.logo(loaded.snapshot.logo?.sha256 ?? '')} />
        )}
      </div>
      <History activity={activity} />
    </>
  )
}

const Head = ({ loaded: { document, snapshot } }: Pick<ShowProps, 'loaded'>) => {
  const { t, language } = useFrame()
  const title = t(`document.kind.${document.kind}`)
  return (
    <header class="page-head">
      <div>
        <Breadcrumb href={routes.documents}>{t('documents.title')}</Breadcrumb>
        <h1>{document.number ? `${title} ${document.number}` : t(DRAFT_TITLES[document.kind])}</h1>
        <p class="break-all">{snapshot.buyer.name || t('documents.no_contact')}</p>
        {snapshot.refersTo && (
          <p>
            <a href={routes.document(document.refersTo ?? '')}>{refersToSentence(t, language, snapshot.refersTo)}</a>
          </p>
        )}
      </div>
    </header>
  )
}
