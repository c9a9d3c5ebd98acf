import type { NewSend, PlannedSend } from '../db/sends'
import { ORIGIN_PRIORITY } from '../domain/delivery'
import { connectionFor } from '../mail/mailers'
import type { Deps } from './deps'

/**
 * A send and one delivery for each address, for whatever reason it is made: by hand, in bulk, automatically, by API or again.
 * @param recipients cleaned, each once
 * @param dueAt epoch ms; the mails leave with the first tick after it
 */
export const planSend = (deps: Deps, send: NewSend, recipients: readonly string[], dueAt: number): PlannedSend => ({
  send,
  deliveries: recipients.map((address) => ({
    id: deps.newId('dlv'),
    address,
    purpose: 'customer',
    connection: connectionFor(address),
    priority: ORIGIN_PRIORITY[send.origin],
    dueAt,
    despite: send.despite,
  })),
})
