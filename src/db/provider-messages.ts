/** Which delivery a provider's own id is, for events that name none of ours. */
import { type SQL, sql } from 'drizzle-orm'
import { type Db, jsonList } from './client'

export interface ProviderMessage {
  connection: string
  messageId: string
  deliveryId: string
}

/** For a batch: remembers mails that a provider has accepted, once each. */
export const insertProviderMessages = (messages: ProviderMessage[]): SQL => sql`
  INSERT INTO provider_messages (connection, message_id, delivery_id)
  SELECT value->>'connection', value->>'messageId', value->>'deliveryId' FROM json_each(${jsonList(messages)}) WHERE true
  ON CONFLICT DO NOTHING`

/** Returns the deliveries of those provider ids that are known. */
export const listProviderMessages = (db: Db, connection: string, messageIds: string[]) =>
  db.all<{ messageId: string; deliveryId: string }>(sql`
    SELECT m.message_id AS messageId, m.delivery_id AS deliveryId
    FROM json_each(${jsonList(messageIds)}) j
    CROSS JOIN provider_messages m ON m.connection = ${connection} AND m.message_id = j.value`)

/** For a batch, before the deliveries change or go: the table has no index by delivery, whose row names the key. */
export const removeProviderMessages = (deliveryIds: SQL): SQL => sql`
  DELETE FROM provider_messages WHERE (connection, message_id) IN (
    SELECT connection, provider_message_id FROM deliveries WHERE id IN ${deliveryIds} AND provider_message_id IS NOT NULL)`
