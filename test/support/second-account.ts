/** Makes a person with two accounts, who changes between them in another tab. */
import { env } from 'cloudflare:test'
import { type Merchant, signUp } from './client'

/** Opens another account of this merchant, "Second Shop", and returns its id. */
export async function secondAccount(merchant: Merchant): Promise<string> {
  const other = await signUp({ company: { tradingName: 'Second Shop' } })
  await env.DB.prepare(
    "INSERT INTO members (id, organization_id, user_id, role, created_at) VALUES (?, ?, ?, 'owner', 1)",
  )
    .bind(crypto.randomUUID(), other.accountId, merchant.userId)
    .run()
  return other.accountId
}

export const switchTo = (merchant: Merchant, accountId: string) =>
  env.DB.prepare('UPDATE sessions SET active_organization_id = ? WHERE user_id = ?')
    .bind(accountId, merchant.userId)
    .run()
