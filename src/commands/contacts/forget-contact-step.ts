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
/** Providers report on mails for days, and each report stores an address again. */
const SECOND_PASS_AFTER_MS = 7 * 86_400_000
const SECOND_PASS = 'again '

/**
 * Processes the next few documents of a forgotten contact: deletes drafts, and the mails, links and addresses of issued
 * documents. A week later a second pass goes through all of them.
 */
export async function forgetContactStep(deps: Deps, job: BackgroundJob): Promise<void> {
  const { accountId, id } = job
  const isSecondPass = job.position.startsWith(SECOND_PASS)
  const after = isSecondPass ? job.position.slice(SECOND_PASS.length) : job.position
  if (after === '') await forgetImportReports(deps, accountId)
  const documents = await listContactDocumentRefs(deps.db, accountId, id, after, DOCUMENTS_A_STEP)
  const last = documents.at(-1)
  if (!last) return finishPass(deps, job, isSecondPass)
  for (const { id: documentId, status } of documents)
    if (status === 'draft') await deleteDraft(deps, { accountId, documentId })
  const issued = documents.filter(({ status }) => status === 'final').map((document) => document.id)
  const deliveries = await listEndedDeliveries(deps.db, accountId, issued)
  if (deliveries.length > 0) await deps.bucket.delete(deliveries.map((delivery) => mailKey(accountId, delivery.id)))
  await runBatch(deps.db, [
    ...forgetDeliveries(accountId, issued, deliveries, deps.now()),
    moveBackgroundJob(job, `${isSecondPass ? SECOND_PASS : ''}${last.id}`, deps.now()),
  ])
}

/**
 * Deletes the reports of the account's finished imports, which show names, addresses and their problems. A report can't
 * be searched for one contact, so all of them go. An unfinished import may still be needed; if not, `deleteOldImports`
 * removes it.
 */
async function forgetImportReports(deps: Deps, accountId: string): Promise<void> {
  for (const id of await listFinishedImports(deps.db, accountId)) await deleteFiles(deps, { accountId, id })
}

/** Deletes the contact if no document was issued to it, and ends the job or schedules the second pass. */
async function finishPass(deps: Deps, job: BackgroundJob, isSecondPass: boolean): Promise<void> {
  await runBatch(deps.db, [
    deleteForgottenContact(job.accountId, job.id),
    isSecondPass ? endBackgroundJob(job) : moveBackgroundJob(job, SECOND_PASS, deps.now() + SECOND_PASS_AFTER_MS),
  ])
}
