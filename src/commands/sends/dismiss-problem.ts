import { dismiss, findMissed } from '../../db/problem-list'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import type { DeliveryRef } from './repeat-delivery'

/** Removes a problem from the count at the bell, or adds it again. A repeat changes nothing. */
export async function dismissProblem(
  deps: Deps,
  { aside, userId, ...ref }: DeliveryRef & { aside: boolean },
): Promise<Result<null, 'not_found'>> {
  if (!(await findMissed(deps.db, ref.accountId, ref.documentId, ref.deliveryId))) return refuse('not_found')
  await dismiss(deps.db, ref, { at: aside ? deps.now() : null, by: userId })
  return ok(null)
}
