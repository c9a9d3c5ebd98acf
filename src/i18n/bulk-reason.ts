/** Names why a document of a bulk send is not sent. */
import type { leftOutReason } from '../domain/bulk-send'
import type { Key } from './index'

/** Returns the key of its text. */
export const leftOutKey = ({ chosen, reason }: NonNullable<ReturnType<typeof leftOutReason>>): Key =>
  chosen ? `bulk.reason.chosen.${reason}` : `bulk.reason.${reason}`
