/** The cron table: what each tick of the platform's clock does. */
import { continueBulkSends } from '../commands/continue-bulk-sends'
import { dispatchDue } from '../commands/dispatch-due'
import { forgetOldThings } from '../commands/forget-old-things'
import { mailProblemNotices } from '../commands/mail-problem-notices'
import { runChores } from '../commands/run-chores'
import { forgetOldImports, goOnWithImports } from '../commands/run-import'
import { takeDueStripeEvents } from '../commands/stripe/take-due-stripe-events'
import { sweepFiles } from '../commands/sweep-files'
import type { Env } from '../env'
import { wire } from '../wire'

const MINUTES_A_DAY = 24 * 60
const MINUTES_AN_HOUR = 60

/**
 * Every minute dispatch and sweep, what members are to be told, and the steps of bulk sends that nobody watches; once an hour unused
 * files, once a day what may be forgotten.
 */
export async function handleTick(controller: ScheduledController, env: Env): Promise<void> {
  const wired = wire(env)
  if ('wrong' in wired) {
    console.error(JSON.stringify({ event: 'not_configured', missing: wired.wrong }))
    return
  }
  const { deps } = wired
  const startedAt = deps.now()
  const dispatched = await dispatchDue(deps)
  await mailProblemNotices(deps)
  await continueBulkSends(deps)
  await goOnWithImports(deps)
  await runChores(deps)
  await takeDueStripeEvents(deps)
  const minute = Math.floor(controller.scheduledTime / 60_000)
  if (minute % MINUTES_AN_HOUR === 0) await sweepFiles(deps)
  if (minute % MINUTES_A_DAY === 0) await forgetOldImports(deps)
  await forgetOldThings(deps, minute)
  deps.log({ event: 'tick', dispatched, ms: deps.now() - startedAt })
}
