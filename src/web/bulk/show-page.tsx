import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { useFrame } from '../ui/frame'
import { ExactTime } from '../ui/values'
import { Preflight } from './preflight'
import type { BulkView } from './require-bulk-send'
import { Collecting, Progress } from './work-cards'

interface Props {
  view: BulkView
  /** Mask of the groups that the form leaves out. */
  leftOut: number
  /** Reason why it could not be confirmed. */
  refused?: string | undefined
}

/** Shows a bulk send in its current state: collecting, ready to confirm, or in progress. */
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
