import type { StoredAccount } from '../../db/accounts'
import { listMemberAddresses } from '../../db/send-context'
import type { AccountSettings } from '../../domain/company'
import { addressKey } from '../../domain/email-addresses'
import { connectionFor } from '../../domain/provider-connection'
import type { Deps } from '../deps'

/** Returns the addresses that belong to no member of the account. */
export async function listStrangers(deps: Deps, accountId: string, addresses: string[]): Promise<string[]> {
  const members = new Set((await listMemberAddresses(deps.db, accountId)).map(addressKey))
  return addresses.filter((address) => !members.has(addressKey(address)))
}

/**
 * Returns the addresses, by kind of document, that get the account's copies and may be written to: a copy is a mail like others, so
 * until the reply address is confirmed it may only go to the account's members.
 */
export async function reachableCopies(
  deps: Deps,
  accountId: string,
  { settings, company, confirmedReplyEmail }: Pick<StoredAccount, 'settings' | 'company' | 'confirmedReplyEmail'>,
): Promise<CopiesTo> {
  const copies = Object.entries(settings.copiesTo ?? {}).filter(([, address]) => address !== '')
  if (copies.length === 0 || confirmedReplyEmail === company.email) return Object.fromEntries(copies)
  const addresses = copies.map(([, address]) => address)
  const strangers = new Set(await listStrangers(deps, accountId, addresses))
  return Object.fromEntries(copies.filter(([, address]) => !strangers.has(address)))
}

export type CopiesTo = NonNullable<AccountSettings['copiesTo']>

/** Returns the addresses that a test document may not be sent to: all but the account's members and the simulator. */
export function listUnreachableInTest(deps: Deps, accountId: string, addresses: string[]): Promise<string[]> {
  const outside = addresses.filter((address) => connectionFor(address) !== 'simulator')
  return listStrangers(deps, accountId, outside)
}
