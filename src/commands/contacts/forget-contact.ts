import { insertBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import { blankContact, forgetAddresses, hasMailOnItsWay } from '../../db/contact-forgetting'
import { listAllMergedInto } from '../../db/contact-merging'
import { findContact } from '../../db/contacts'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/**
 * Forgets a contact and the contacts merged into it. Their own fields are blanked at once; drafts, and mails, links and
 * addresses of their documents, follow in steps (`forgetContactStep`). Issued documents stay. A repeated request
 * changes nothing.
 */
export async function forgetContact(
  deps: Deps,
  { accountId, actor, id }: { accountId: string; actor: string; id: string },
): Promise<Result<null, 'not_found' | 'contact_mail_waiting'>> {
  const contact = await findContact(deps.db, accountId, id)
  if (!contact) return refuse('not_found')
  if (contact.forgottenAt !== null) return ok(null)
  if (await hasMailOnItsWay(deps.db, accountId, id)) return refuse('contact_mail_waiting')
  const now = deps.now()
  const merged = await listAllMergedInto(deps.db, accountId, id)
  await runBatch(deps.db, [
    blankContact(contact, now),
    // The entry contains no name, since the name must be forgotten.
    auditEntry(deps, { accountId, actor, action: 'contact_forgotten', subject: id, changes: [] }),
    ...merged.map((mergedContact) => blankContact({ accountId, id: mergedContact.id }, now)),
    ...forgetAddresses({ accountId, id, emails: [contact, ...merged].flatMap(({ emails }) => emails) }),
    ...[contact, ...merged].map((forgotten) =>
      insertBackgroundJob({ accountId, kind: 'forget_contact', id: forgotten.id, position: '', dueAt: now }),
    ),
  ])
  return ok(null)
}
