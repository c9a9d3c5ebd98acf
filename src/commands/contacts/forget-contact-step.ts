import { type BackgroundJob, endBackgroundJob, moveBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import { deleteForgottenContact } from '../../db/contact-deletion'
import { forgetDeliveries, listContactDocumentRefs, listEndedDeliveries } from '../../db/contact-forgetting'
import { listFinishedImports } from '../../db/contact-imports'
import type { Deps } from '../deps'
import { deleteDraft } from '../documents/delete-draft'
import { mailKey } from '../stored-mail'
import { deleteFiles } from './import-files'

const DOCUMENTS_A_STEP = 20
/** Providers still report on mails for days, and write addresses down again. */
const AGAIN_AFTER_MS = 7 * 86_400_000
const AGAIN = 'again '

/**
 * Takes the next few documents of a forgotten contact: deletes drafts, and of what was issued the mails, links and addresses. A week
 * later it goes through all of them once more.
 */
export async function forgetContactStep(deps: Deps, job: BackgroundJob): Promise<void> {
  const { accountId, id } = job
  const again = job.position.startsWith(AGAIN)
  const after = again ? job.position.slice(AGAIN.length) : job.position
  if (after === '') await forgetImportReports(deps, accountId)
  const documents = await listContactDocumentRefs(deps.db, accountId, id, after, DOCUMENTS_A_STEP)
  const last = documents.at(-1)
  if (!last) return finishPass(deps, job, again)
  for (const { id: documentId, status } of documents)
    if (status === 'draft') await deleteDraft(deps, { accountId, documentId })
  const issued = documents.filter(({ status }) => status === 'final').map((document) => document.id)
  const deliveries = await listEndedDeliveries(deps.db, accountId, issued)
  if (deliveries.length > 0) await deps.bucket.delete(deliveries.map((delivery) => mailKey(accountId, delivery.id)))
  await runBatch(deps.db, [
    ...forgetDeliveries(accountId, issued, deliveries, deps.now()),
    moveBackgroundJob(job, `${again ? AGAIN : ''}${last.id}`, deps.now()),
  ])
}

/**
 * Deletes what is still shown of finished imports: names, addresses and what was wrong with them, of contacts that are not told apart.
 * An import that is not finished may still be wanted, and goes by itself when it is not.
 */
async function forgetImportReports(deps: Deps, accountId: string): Promise<void> {
  for (const id of await listFinishedImports(deps.db, accountId)) await deleteFiles(deps, { accountId, id })
}

/** A contact that nothing was issued to is gone altogether. */
async function finishPass(deps: Deps, job: BackgroundJob, again: boolean): Promise<void> {
  await runBatch(deps.db, [
    deleteForgottenContact(job.accountId, job.id),
    again ? endBackgroundJob(job) : moveBackgroundJob(job, AGAIN, deps.now() + AGAIN_AFTER_MS),
  ])
}
