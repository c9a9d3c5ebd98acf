import type { NewDelivery, NewSend, PlannedSend } from '../../db/sends'
import { type DeliveryPurpose, ORIGIN_PRIORITY } from '../../domain/delivery'
import { connectionFor } from '../../domain/provider-connection'
import type { Deps } from '../deps'

/**
 * Returns a send and one delivery for each address. Sends of every origin use it.
 * @param recipients cleaned, each once
 * @param dueAt epoch ms; the mails leave with the first tick after it
 * @param mailConnection the account's own; null = the deployment's
 * @param copyTo the merchant's address for copies, or empty; `insertSends` skips the copy if the document already has
 *   one
 */
export function planSend(
  deps: Deps,
  send: NewSend,
  recipients: readonly string[],
  { dueAt, mailConnection, copyTo = '' }: { dueAt: number; mailConnection: string | null; copyTo?: string | undefined },
): PlannedSend {
  const deliveryTo = (address: string, purpose: DeliveryPurpose): NewDelivery => ({
    id: deps.newId('dlv'),
    address,
    purpose,
    bulkId: send.bulkId,
    connection: connectionFor(address, mailConnection),
    priority: ORIGIN_PRIORITY[send.origin],
    dueAt,
    ...(purpose === 'customer' && { despite: send.despite }),
  })
  const customers = recipients.map((address) => deliveryTo(address, 'customer'))
  return { send, deliveries: copyTo ? [...customers, deliveryTo(copyTo, 'copy')] : customers }
}
