import { type AuditRow, insertAudit } from '../db/audit'
import type { Deps } from './deps'

/** An entry of the audit list for a batch: right after the statement it tells of. Without changes there is nothing to tell. */
export const auditEntry = (deps: Deps, entry: Omit<AuditRow, 'id' | 'at'>) =>
  insertAudit({ ...entry, id: deps.newId('aud'), at: deps.now() })
