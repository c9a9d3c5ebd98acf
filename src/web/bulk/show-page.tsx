import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { useFrame } from '../ui/frame'
import { ExactTime } from '../ui/values'
import { Preflight } from './preflight'
import type { BulkView } from './require-bulk-send'
import { Collecting, Progress } from './work-cards'

interface Props {
  view: BulkView
  /** What the form of the pre-flight leaves out. */
  leftOut: number
  /** Why it was not confirmed just now. */
  refused?: string | undefined
}

/** What a bulk send is at this moment: being looked through, to be confirmed, or on its way. */
export const BulkPage = ({ view, leftOut, refused }: Props) => {
  const { state } = view.bulk
  return (
    <>
      <Head view={view} />
      {state === 'collecting' && <Collecting view={view} />}
      {state === 'ready' && <Preflight view={view} leftOut={leftOut} refused={refused} />}
      {state !== 'collecting' && state !== 'ready' && <Progress view={view} />}
    </>
  )
}

const Head = ({ view: { bulk } }: { view: BulkView }) => {
  const { t } = useFrame()
  return (
    <header class="page-head">
      <div>
        <Breadcrumb href={bulk.confirmedAt === null ? routes.documents : routes.bulkSends}>
          {t(bulk.confirmedAt === null ? 'documents.title' : 'bulk.list.title')}
        </Breadcrumb>
        <h1>{t(bulk.confirmedAt === null ? 'bulk.preflight.title' : 'bulk.title')}</h1>
        <p>
          <ExactTime at={bulk.confirmedAt ?? bulk.createdAt} />
        </p>
      </div>
    </header>
  )
}
