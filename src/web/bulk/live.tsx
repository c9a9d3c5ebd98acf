/**
 * Parts of the page that update themselves if scripts run. Elements that can have the focus stay outside them or
 * survive the morph.
 */
import { isWorking } from '../../domain/bulk-send'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { useMay } from '../ui/may'
import { CollectingStatus } from './collecting'
import { BulkActs, ProgressStatus } from './progress'
import { type BulkView, seenOf } from './require-bulk-send'

/** Requests the next steps as soon as it loads, while any are left, which is faster than the tick every minute. */
export const BulkSteps = ({ view: { bulk } }: { view: BulkView }) => {
  const may = useMay('member')
  const polling = may &&
    isWorking(bulk.state) && {
      'hx-post': routes.bulkSendSteps(bulk.id),
      'hx-trigger': 'load delay:300ms',
      'hx-swap': 'outerHTML',
    }
  return <div id="bulk-steps" {...polling} />
}

const SOON_S = 2
const LATER_S = 20
/** Time after dispatch during which the page polls for delivery events. */
const WATCHED_MS = 2 * 3_600_000

export const BulkLive = ({ view }: { view: BulkView }) => {
  const { now } = useFrame()
  const { bulk } = view
  const moving = isWorking(bulk.state) || bulk.waiting > 0
  const watched = moving || (bulk.dueAt !== null && now - bulk.dueAt < WATCHED_MS && bulk.state === 'queued')
  const polling = watched && {
    'hx-get': `${routes.bulkSendProgress(bulk.id)}?seen=${seenOf(bulk)}`,
    'hx-trigger': `every ${moving ? SOON_S : LATER_S}s, countdown-over delay:1s`,
    'hx-swap': 'outerMorph',
  }
  return (
    <div id="bulk-live" class="stack" {...polling}>
      {bulk.state === 'collecting' ? <CollectingStatus view={view} /> : <ProgressStatus view={view} />}
    </div>
  )
}

/** Responds to a poll with the status, and replaces the actions out of band. */
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
