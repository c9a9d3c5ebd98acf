/** Runs SQL in the local database or the deployed one. */
import type { LocalConfig } from './local-config.ts'
import { runWrangler } from './wrangler.ts'

export type Target = { config: LocalConfig } | 'remote'

/** Returns what `wrangler d1 execute` printed. */
export function executeSql(target: Target, sql: string, ...options: string[]): Promise<string> {
  const where = target === 'remote' ? ['--remote', '--yes'] : ['--local', '--persist-to', target.config.stateDir]
  return runWrangler('d1', 'execute', 'DB', ...where, ...options, '--command', sql)
}

/** Returns a text as SQL, since wrangler binds no parameters. */
export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`
