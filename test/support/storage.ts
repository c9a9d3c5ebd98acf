/** Storage is shared by all test files: each begins with its own. */
import { applyD1Migrations, env, reset } from 'cloudflare:test'

/** Empty D1, R2 and queues, migrations applied. */
export async function freshStorage(): Promise<void> {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
}
