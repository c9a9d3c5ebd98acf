import { type Chore, endChore, moveChore } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import { deleteForgottenContact } from '../../db/contact-deletion'
import { forgetDeliveries, listContactDocumentRefs, listEndedDeliveries } from '../../db/contact-forgetting'
import type { Deps } from '../deps'
import { deleteDraft } from '../documents/delete-draft'
import { mailKey } from '../sends/prepare-mail'

const DOCUMENTS_A_STEP = 20
/** Providers still report on mails for days, and write addresses down again. */
const AGAIN_AFTER_MS = 7 * 86_400_000
const AGAIN = 'again '

/**
 * Takes the next few documents of a forgotten contact: deletes drafts, and of what was issued the mails, links and addresses. A week
 * later it goes through all of them once more.
 */
export async function forgetContactStep(deps: Deps, chore: Chore): Promise<void> {
  const { accountId, id } = chore
  const again = chore.position.startsWith(AGAIN)
  const after = again ? chore.position.slice(AGAIN.length) : chore.position
  const documents = await listContactDocumentRefs(deps.db, accountId, id, after, DOCUMENTS_A_STEP)
  const last = documents.at(-1)
  if (!last) return finishPass(deps, chore, again)
  for (const { id: documentId, status } of documents)
    if (status === 'draft') await deleteDraft(deps, { accountId, documentId })
  const issued = documents.filter(({ status }) => status === 'final').map((document) => document.id)
  const deliveries = await listEndedDeliveries(deps.db, accountId, issued)
  if (deliveries.length > 0) await deps.bucket.delete(deliveries.map((delivery) => mailKey(accountId, delivery.id)))
  await runBatch(deps.db, [
    ...forgetDeliveries(accountId, issued, deliveries, deps.now()),
    moveChore(chore, `${again ? AGAIN : ''}${last.id}`, deps.now()),
  ])
}

/** A contact that nothing was issued to is gone altogether. */
async function finishPass(deps: Deps, chore: Chore, again: boolean): Promise<void> {
  await runBatch(deps.db, [
    deleteForgottenContact(chore.accountId, chore.id),
    again ? endChore(chore) : moveChore(chore, AGAIN, deps.now() + AGAIN_AFTER_MS),
  ])
}
