import type { Child } from 'hono/jsx'
import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { ErrorSummary } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { WhenFields } from './when-fields'

interface Props {
  documentId: string
  sendId: string
  form: FormState
  timeZone: string
}

export const SchedulePage = ({ documentId, sendId, form, timeZone }: Props) => {
  const { t } = useFrame()
  return (
    <>
      <Head documentId={documentId}>{t('send.reschedule.title')}</Head>
      <form method="post" action={routes.sendSchedule(documentId, sendId)} class="stack" novalidate>
        <ErrorSummary form={form} />
        <WhenFields form={form} timeZone={timeZone} />
        <div class="cluster">
          <button type="submit" class="primary">
            {t('send.reschedule.save')}
          </button>
          <a href={routes.document(documentId)}>{t('form.cancel')}</a>
        </div>
      </form>
    </>
  )
}

/** Explains that a send can't be undone or rescheduled, since its mails have left. */
export const LeftPage = ({ documentId }: { documentId: string }) => {
  const { t } = useFrame()
  return (
    <>
      <Head documentId={documentId}>{t('send.left.title')}</Head>
      <div class="stack">
        <p>{t('send.left.text')}</p>
        <p>
          <a class="button" href={routes.document(documentId)}>
            {t('send.back')}
          </a>
        </p>
      </div>
    </>
  )
}

const Head = ({ documentId, children }: { documentId: string; children: Child }) => {
  const { t } = useFrame()
  return (
    <header class="page-head">
      <div>
        <Breadcrumb href={routes.document(documentId)}>{t('send.back')}</Breadcrumb>
        <h1>{children}</h1>
      </div>
    </header>
  )
}
