import { findAccount, updateAccount } from '../db/accounts'
import type { AccountSettings } from '../domain/company'
import { ok, type Result, refuse } from '../domain/result'
import type { Deps } from './deps'
import { tagOf } from './tag'

export interface SaveSettings<K extends keyof AccountSettings> {
  accountId: string
  /** `tagOf` these settings, as `pick` returned them when the form was made. */
  tag: string
  changes: Pick<AccountSettings, K>
}

/** Changes some settings; refused as stale when somebody else changed one of these since. */
export async function saveSettings<K extends keyof AccountSettings>(
  deps: Deps,
  input: SaveSettings<K>,
): Promise<Result<null, 'stale' | 'not_found'>> {
  const account = await findAccount(deps.db, input.accountId)
  if (!account) return refuse('not_found')
  const shown = pick(account.settings, Object.keys(input.changes) as K[])
  if ((await tagOf(shown)) !== input.tag) return refuse('stale')
  if (await updateAccount(deps.db, account, { settings: { ...account.settings, ...input.changes } })) return ok(null)
  return saveSettings(deps, input)
}

/** Some settings, always in the same order. */
export function pick<K extends keyof AccountSettings>(
  settings: AccountSettings,
  keys: readonly K[],
): Pick<AccountSettings, K> {
  return Object.fromEntries([...keys].sort().map((key) => [key, settings[key]])) as Pick<AccountSettings, K>
}
