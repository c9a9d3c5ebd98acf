import type { LoadedPaper } from '../../../commands/documents/load-snapshot'
import type { FinaliseRefusal } from '../../../commands/documents/prepare-finalise'
import { routes } from '../../../routes'
import { refersToWords } from '../../sheet/sheet-sentences'
import { PaperView } from '../../sheet/sheet-view'
import { Breadcrumb } from '../../ui/breadcrumb'
import { ErrorSummary } from '../../ui/form'
import type { FormState } from '../../ui/form-state'
import { useFrame } from '../../ui/frame'
import { DRAFT_TITLES } from '../new-document'
import type { LiveLife } from './activity'
import { AttachmentsPanel } from './attachments-panel'
import { DeliveriesPanel } from './deliveries-panel'
import { History } from './history'
import { FinaliseNotice, MissingNotice, NotSentNotice, UndrawableNotice } from './missing-notice'
import { SendLive } from './send-live'
import { ShowPanel } from './show-panel'

export interface ShowProps {
  loaded: LoadedPaper
  /** What became of it and its mails. */
  life: LiveLife
  /** Why it was not finalised just now. */
  refusal?: FinaliseRefusal | undefined
  /** For the form that copies it. */
  copyId: string
  /** For the form that voids it. */
  creditId: string
  /** For the form that attaches a file, and what is wrong with the last one. */
  attachmentId: string
  attachmentForm: FormState
}

/** A document: on one side what it is and what can be done, on the other the paper itself, below what happened. */
export const DocumentShowPage = (props: ShowProps) => {
  const { loaded, life, refusal, attachmentForm, attachmentId } = props
  const { id, attachments } = loaded.document
  return (
    <>
      <Head loaded={loaded} />
      <SendLive life={life} />
      {refusal ? <FinaliseNotice loaded={loaded} refusal={refusal} /> : <MissingNotice loaded={loaded} />}
      <UndrawableNotice loaded={loaded} />
      <ErrorSummary form={attachmentForm} />
      <NotSentNotice loaded={loaded} />
      <div class="document-page">
        <aside class="stack">
          <ShowPanel {...props} />
          <DeliveriesPanel life={life} />
          <AttachmentsPanel
            documentId={id}
            attachments={attachments ?? []}
            form={attachmentForm}
            attachmentId={attachmentId}
          />
        </aside>
        <PaperView paper={loaded.paper} logo={routes.logo(loaded.paper.logo?.sha256 ?? '')} />
      </div>
      <History life={life} />
    </>
  )
}

const Head = ({ loaded: { document, paper } }: Pick<ShowProps, 'loaded'>) => {
  const { t, language } = useFrame()
  const title = t(`document.kind.${document.kind}`)
  return (
    <header class="page-head">
      <div>
        <Breadcrumb href={routes.documents}>{t('documents.title')}</Breadcrumb>
        <h1>{document.number ? `${title} ${document.number}` : t(DRAFT_TITLES[document.kind])}</h1>
        <p class="break-all">{paper.buyer.name || t('documents.no_contact')}</p>
        {paper.refersTo && (
          <p>
            <a href={routes.document(document.refersTo ?? '')}>{refersToWords(t, language, paper.refersTo)}</a>
          </p>
        )}
      </div>
    </header>
  )
}
