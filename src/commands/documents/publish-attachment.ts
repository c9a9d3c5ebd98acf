import { type AttachmentPlace, setAttachmentPublic } from '../../db/attachments'
import { runBatch } from '../../db/client'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

/** Shows a file on the customer's page, or hides it. */
export async function publishAttachment(
  deps: Deps,
  { isPublic, ...place }: AttachmentPlace & { isPublic: boolean },
): Promise<Result<null, 'not_found'>> {
  const [changed] = await runBatch(deps.db, [setAttachmentPublic(place, isPublic)])
  return changed?.results.length ? ok(null) : refuse('not_found')
}
