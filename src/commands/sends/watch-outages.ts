import { insertBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import type { Deps } from '../deps'

/** Inserts the background job that watches outages, unless it exists. Without the job, a tick need not look for outages. */
export const watchOutages = (deps: Deps) =>
  runBatch(deps.db, [insertBackgroundJob({ accountId: '', kind: 'outages', id: '', position: '', dueAt: deps.now() })])
