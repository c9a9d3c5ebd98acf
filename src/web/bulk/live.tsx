/** The pieces of the page that renew themselves where scripts run. What can be focused stays outside them or survives the morph. */
import { isWorking } from '../../domain/bulk-send'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { useMay } from '../ui/may'
import { CollectingStatus } from './collecting'
import { BulkActs, ProgressStatus } from './progress'
import { type BulkView, seenOf } from './require-bulk-send'

/** Asks for the next steps as soon as it is there, for as long as there are any: quicker than the minute's tick. */
export const BulkSteps = ({ view: { bulk } }: { view: BulkView }) => {
  const may = useMay('member')
  const asking = may &&
    isWorking(bulk.state) && {
      'hx-post': routes.bulkSendSteps(bulk.id),
      'hx-trigger': 'load delay:300ms',
      'hx-swap': 'outerHTML',
    }
  return <div id="bulk-steps" {...asking} />
}

const SOON_S = 2
const LATER_S = 20
/** News of mails that have left come for a while; then the page has to be opened anew. */
const WATCHED_MS = 2 * 3_600_000

export const BulkLive = ({ view }: { view: BulkView }) => {
  const { now } = useFrame()
  const { bulk } = view
  const moving = isWorking(bulk.state) || bulk.waiting > 0
  const watched = moving || (bulk.dueAt !== null && now - bulk.dueAt < WATCHED_MS && bulk.state === 'queued')
  const asking = watched && {
    'hx-get': `${routes.bulkSendProgress(bulk.id)}?seen=${seenOf(bulk)}`,
    'hx-trigger': `every ${moving ? SOON_S : LATER_S}s, countdown-over delay:1s`,
    'hx-swap': 'outerMorph',
  }
  return (
    <div id="bulk-live" class="stack" {...asking}>
      {bulk.state === 'collecting' ? <CollectingStatus view={view} /> : <ProgressStatus view={view} />}
    </div>
  )
}

/** What a question is answered with. */
export const BulkUpdate = ({ view }: { view: BulkView }) => (
  <>
    <BulkLive view={view} />
    {view.bulk.state !== 'collecting' && (
      <hx-partial hx-target="#bulk-acts" hx-swap="outerMorph">
        <BulkActs view={view} />
      </hx-partial>
    )}
  </>
)
