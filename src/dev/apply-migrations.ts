/** Creates or updates the tables of a local database. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quote } from './database.ts'
import { ROOT } from './local-config.ts'
import { runWrangler } from './wrangler.ts'

const MIGRATIONS = join(ROOT, 'migrations')

/**
 * Applies the migrations that the database in `stateDir` lacks. wrangler starts a process for each of them, so a new database gets
 * all in one statement batch instead, and either all of it or nothing.
 */
export async function applyMigrations(stateDir: string): Promise<void> {
  const local = ['--local', '--persist-to', stateDir]
  if (existsSync(join(stateDir, 'v3/d1'))) {
    await runWrangler('d1', 'migrations', 'apply', 'DB', ...local)
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'facteur-migrations-'))
  try {
    const file = join(folder, 'all.sql')
    writeFileSync(file, allMigrations())
    await runWrangler('d1', 'execute', 'DB', ...local, '--file', file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Returns all migrations as SQL, with the table in which wrangler records those that were applied. */
function allMigrations(): string {
  const names = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  return [
    `CREATE TABLE d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
      applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);`,
    ...names.map((name) => readFileSync(join(MIGRATIONS, name), 'utf8')),
    ...names.map((name) => `INSERT INTO d1_migrations (name) VALUES (${quote(name)});`),
  ].join('\n')
}
