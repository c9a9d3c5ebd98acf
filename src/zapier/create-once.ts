/**
 * Creates something once for each external id. Zapier repeats a step whose response was lost, and people replay Zaps: what an earlier run
 * made is returned again.
 */
import type { ZObject } from 'zapier-platform-core'
import { type Connection, call, refusal, refusalCode, request } from './call'

interface Creation<T> {
  path: string
  body: { external_id?: string | null }
  /** Path of the list that is filtered by external id. */
  list: string
  /** Whether what has the id is what this would have created. If it is something else, the step fails. */
  isSame: (found: T) => boolean
}

export async function createOnce<T>(
  z: ZObject,
  connection: Connection,
  { path, body, list, isSame }: Creation<T>,
): Promise<T> {
  const response = await request<T>(z, connection, path, { method: 'POST', body })
  if (response.status < 400) return response.data
  if (body.external_id && refusalCode(response) === 'external_id_taken') {
    const query = { external_id: body.external_id }
    const { data } = await call<{ data: T[] }>(z, connection, list, { query })
    const same = data.find(isSame)
    if (same !== undefined) return same
  }
  throw refusal(z, response)
}
