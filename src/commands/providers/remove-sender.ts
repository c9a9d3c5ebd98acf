import { endBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import {
  chooseSender,
  findSenderDomain,
  removeSenderDomain,
  removeSenderKey,
  removeSenderKeys,
} from '../../db/sender-domains'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

interface By {
  accountId: string
  actor: string
}

/** Removes an account's own From address with its keys. Mails that wait leave from the platform's address. A repeat changes nothing. */
export async function removeSender(deps: Deps, { accountId, actor }: By): Promise<void> {
  const sender = await findSenderDomain(deps.db, accountId)
  if (!sender) return
  const changes = [{ field: 'address', from: sender.address, to: '' }]
  await runBatch(deps.db, [
    removeSenderDomain(accountId),
    auditEntry(deps, { accountId, actor, action: 'sender_removed', subject: '', changes }),
    removeSenderKeys(accountId),
    chooseSender(accountId),
    endBackgroundJob({ accountId, kind: 'check_sender', id: '' }),
  ])
}

/** Removes a key that no longer signs, or does not yet. The one that signs stays. */
export async function removeOldKey(
  deps: Deps,
  { accountId, actor, selector }: By & { selector: string },
): Promise<void> {
  await runBatch(deps.db, [
    removeSenderKey(accountId, selector),
    auditEntry(deps, { accountId, actor, action: 'sender_key_removed', subject: selector, changes: [] }),
  ])
}
