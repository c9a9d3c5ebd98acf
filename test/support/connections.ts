import { env } from 'cloudflare:test'
import { sealSecrets } from '../../src/commands/providers/connection-secrets'
import { testDeps } from './deps'

/** Inserts a working connection of an account's, to a provider that a test scripts. */
export async function insertConnection(accountId: string, id: string, place: 'first' | 'second' = 'first') {
  const secrets = await sealSecrets(testDeps(), { id, accountId }, { apiKey: 're_test' })
  await env.DB.prepare(
    `INSERT INTO provider_connections (id, account_id, place, kind, settings, secrets, hook, working_at, created_at, updated_at)
    VALUES (?1, ?2, ?3, 'resend', '{"from":"billing@shop.example"}', ?4, ?1, 1, 1, 1)`,
  )
    .bind(id, accountId, place, secrets)
    .run()
}
