/** Runs the steps of a tick, which the platform's cron calls every minute. */

import { continueBulkSends } from '../commands/bulk-sends/continue-bulk-sends'
import { continueImports } from '../commands/contacts/continue-imports'
import { deleteOldImports } from '../commands/contacts/delete-old-imports'
import type { Deps } from '../commands/deps'
import { errorEntry } from '../commands/error-entry'
import { applyRetention } from '../commands/maintenance/apply-retention'
import { recordTick } from '../commands/maintenance/record-tick'
import { runBackgroundJobs } from '../commands/maintenance/run-background-jobs'
import { sweepFiles } from '../commands/maintenance/sweep-files'
import { dispatchDue } from '../commands/sends/dispatch-due'
import { mailProblemNotices } from '../commands/sends/mail-problem-notices'
import { rematchEvents } from '../commands/sends/rematch-events'
import { processDueStripeEvents } from '../commands/stripe/process-due-stripe-events'
import type { Env } from '../env'
import { wire } from '../wire'

type Step = (deps: Deps, minute: number) => Promise<unknown>

const MINUTES_A_DAY = 24 * 60
const MINUTES_AN_HOUR = 60

const every =
  (minutes: number, step: Step): Step =>
  async (deps, minute) =>
    minute % minutes === 0 ? step(deps, minute) : undefined

/** Every second minute, in which retention searches documents and reads a row less: so an idle tick stays cheap. */
const isBetweenSearches = (minute: number): boolean => minute % 2 === 1

/** The steps in their order: mails first, then what people wait for, then the deletion of old data. */
const STEPS: Record<string, Step> = {
  dispatch: dispatchDue,
  events: (deps, minute) => (isBetweenSearches(minute) ? rematchEvents(deps) : Promise.resolve()),
  notices: mailProblemNotices,
  bulk: continueBulkSends,
  imports: continueImports,
  backgroundJobs: (deps) => runBackgroundJobs(deps),
  stripe: processDueStripeEvents,
  files: every(MINUTES_AN_HOUR, sweepFiles),
  old_imports: every(MINUTES_A_DAY, deleteOldImports),
  retention: applyRetention,
}

/** Handles a tick. A failed step does not stop the others; the tick then counts as failed for monitoring. */
export async function handleTick(controller: ScheduledController, env: Env): Promise<void> {
  const wired = wire(env)
  if ('wrong' in wired) {
    console.error(JSON.stringify({ event: 'not_configured', missing: wired.wrong }))
    return
  }
  const { deps } = wired
  const startedAt = deps.now()
  const minute = Math.floor(controller.scheduledTime / 60_000)
  const failed = await runSteps(deps, minute)
  await recordTick(deps, failed)
  deps.log({ event: 'tick', ms: deps.now() - startedAt, failed: failed.join(' ') })
  if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}`)
}

/** Runs all steps and returns the names of those that failed. */
export async function runSteps(deps: Deps, minute: number): Promise<string[]> {
  const failed: string[] = []
  for (const [name, step] of Object.entries(STEPS)) {
    try {
      await step(deps, minute)
    } catch (error) {
      failed.push(name)
      deps.log({ ...errorEntry(error), step: name })
    }
  }
  return failed
}
