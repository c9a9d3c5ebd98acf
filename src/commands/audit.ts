import { type AuditRow, insertAudit } from '../db/audit'
import type { Deps } from './deps'

/** Returns the audit entry of a batch. It must follow the statement that it records, and is skipped if that changed nothing. */
export const auditEntry = (deps: Deps, entry: Omit<AuditRow, 'id' | 'at'>) =>
  insertAudit({ ...entry, id: deps.newId('aud'), at: deps.now() })
