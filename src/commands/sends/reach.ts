import { listMemberAddresses } from '../../db/send-context'
import { addressKey } from '../../domain/email-addresses'
import { connectionFor } from '../../mail/mailers'
import type { Deps } from '../deps'

/** Those of the addresses that are not one of the account's own people. */
export async function listStrangers(deps: Deps, accountId: string, addresses: string[]): Promise<string[]> {
  const members = new Set((await listMemberAddresses(deps.db, accountId)).map(addressKey))
  return addresses.filter((address) => !members.has(addressKey(address)))
}

/** Those that a test document is never sent to: all but the account's own people and the simulator. */
export function listUnreachableInTest(deps: Deps, accountId: string, addresses: string[]): Promise<string[]> {
  const outside = addresses.filter((address) => connectionFor(address) !== 'simulator')
  return listStrangers(deps, accountId, outside)
}
