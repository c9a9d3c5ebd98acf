import { findAccount, type StoredAccount, updateAccount } from '../../db/accounts'
import { ifAny, runBatch } from '../../db/client'
import type { Statements } from '../../db/finalisation'
import { changesBetween } from '../../domain/audit'
import type { AccountSettings } from '../../domain/company'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { retryStale } from '../retry-stale'
import { tagOf } from '../tag'

export interface SaveSettings<K extends keyof AccountSettings> {
  accountId: string
  actor: string
  /** `tagOf` these settings, as `pick` returned them when the form was made. */
  tag: string
  changes: Pick<AccountSettings, K>
  /** Statements for the same transaction. */
  andThen?: Statements
}

/** Changes some settings. Refused as stale if another request changed one of them first. */
export const saveSettings = <K extends keyof AccountSettings>(
  deps: Deps,
  input: SaveSettings<K>,
): Promise<Result<null, 'stale' | 'not_found' | 'busy'>> => retryStale(() => tryToSave(deps, input))

async function tryToSave<K extends keyof AccountSettings>(
  deps: Deps,
  input: SaveSettings<K>,
): Promise<Result<null, 'stale' | 'not_found'> | undefined> {
  const account = await findAccount(deps.db, input.accountId)
  if (!account) return refuse('not_found')
  const shown = pick(account.settings, Object.keys(input.changes) as K[])
  if ((await tagOf(shown)) !== input.tag) return refuse('stale')
  const changes = changesBetween(
    shown,
    pick({ ...account.settings, ...input.changes }, Object.keys(input.changes) as K[]),
  )
  const settings = { ...account.settings, ...input.changes }
  const [saved] = await runBatch(deps.db, [
    updateAccount(deps.db, account, { settings, quotaZone: zoneToKeep(account, settings) }),
    ...ifAny(changes, () =>
      auditEntry(deps, { accountId: account.id, actor: input.actor, action: 'settings_saved', subject: '', changes }),
    ),
    ...(input.andThen ?? []),
  ])
  return saved?.results.length ? ok(null) : undefined
}

/** Keeps the account's first time zone for quota days when its time zone changes. */
const zoneToKeep = ({ quotaZone, settings: before }: StoredAccount, after: AccountSettings): string | null =>
  quotaZone ?? (before.timeZone === after.timeZone ? null : before.timeZone)

/** Returns some settings, always in the same order, so that equal settings have the same tag. */
export function pick<K extends keyof AccountSettings>(
  settings: AccountSettings,
  keys: readonly K[],
): Pick<AccountSettings, K> {
  return Object.fromEntries([...keys].sort().map((key) => [key, settings[key]])) as Pick<AccountSettings, K>
}
