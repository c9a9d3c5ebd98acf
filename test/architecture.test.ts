/// <reference types="vite/types/importMeta.d.ts" />
/** The map in src/README.md, kept true by reading the sources. */
import { describe, expect, it } from 'vitest'
import en from '../locales/en.json'

// Vite reads these calls as they stand: no variables.
const sources = import.meta.glob<string>(['../src/**/*.{ts,tsx}', '../emails/**/*.{ts,tsx}'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const migrations = import.meta.glob<string>('../migrations/*.sql', { query: '?raw', import: 'default', eager: true })

const EDGES = ['web', 'api', 'webhooks', 'jobs']
const LEAVES = ['domain', 'i18n', 'routes', 'env']
const BELOW_EDGES = ['commands', 'db', 'mail', 'pdf', 'payments', ...LEAVES]

/** What the files of a folder, or a file beside the folders, may import of our own; their own folder is understood. */
const MAY_IMPORT: Record<string, string[]> = {
  index: ['app', 'jobs', 'env'],
  app: ['wire', 'web', 'api', 'webhooks', 'routes', 'env'],
  wire: ['auth', ...BELOW_EDGES],
  auth: ['commands', 'db', 'env'],
  web: [...BELOW_EDGES, 'auth (type)', 'locales', '.build'],
  api: [...BELOW_EDGES, 'auth (type)'],
  webhooks: [...BELOW_EDGES, 'wire'],
  // The platform calls jobs directly, so they are handed an Env and wire themselves.
  jobs: [...BELOW_EDGES, 'wire'],
  commands: ['db', 'mail', 'pdf', 'payments', ...LEAVES],
  db: ['domain'],
  payments: ['domain'],
  mail: ['domain', 'i18n', 'routes', 'emails', 'locales'],
  pdf: ['domain', 'i18n', '.build'],
  emails: ['domain', 'i18n'],
  i18n: ['domain', 'locales'],
  env: ['domain'],
  routes: [],
  domain: [],
  // Run in Node or on a developer's machine; nothing of the Worker imports them.
  build: ['domain', 'pdf', 'web'],
  dev: ['index', 'wire', ...BELOW_EDGES],
}

/** Libraries that stay behind a door. */
const LIBRARIES: [library: RegExp, folders: string[]][] = [
  [/^hono(\/|$)/, ['app', 'web', 'api', 'webhooks']],
  [/^drizzle-(orm|kit)(\/|$)/, ['db']],
  [/^(react|react-dom|@react-email\/\w+)(\/|$)/, ['mail', 'emails']],
  [/^better-auth(\/|$)/, ['auth']],
  [/^pdf-lib$/, ['pdf']],
  [/^nodemailer(\/|$)/, ['mail']],
  [/^stripe$/, ['payments']],
]

interface Import {
  file: string
  folder: string
  /** A folder of ours, or the name of a package. */
  target: string
  own: boolean
  typeOnly: boolean
}

const imports: Import[] = Object.entries(sources).flatMap(([path, text]) => {
  const file = path.replace('../', '')
  const found = text.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?'([^']+)'/gm)
  return [...found].map(([, type, specifier = '']) => {
    const own = specifier.startsWith('.')
    const target = own ? folderOf(resolve(file, specifier)) : specifier
    return { file, folder: folderOf(file), target, own, typeOnly: type !== undefined }
  })
})

function resolve(file: string, specifier: string): string {
  const url = new URL(specifier, `file:///${file}`)
  return url.pathname.slice(1)
}

/** 'src/web/ui/page.tsx' → 'web', 'src/routes' → 'routes', 'locales/en.json' → 'locales'. */
function folderOf(path: string): string {
  const [first = '', second = ''] = path.split('/')
  return first === 'src' ? second.replace(/\.tsx?$/, '') : first
}

describe('imports', () => {
  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(500)
  })

  it('point one way', () => {
    const wrong = imports.filter(({ folder, target, own, typeOnly }) => {
      if (!own || folder === target) return false
      const allowed = MAY_IMPORT[folder] ?? []
      return !allowed.includes(target) && !(typeOnly && allowed.includes(`${target} (type)`))
    })
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })

  it('leave each library behind its door', () => {
    const wrong = imports.filter(({ folder, target, own }) => {
      const door = LIBRARIES.find(([library]) => !own && library.test(target))
      return door !== undefined && folder !== 'build' && !door[1].includes(folder)
    })
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })

  it('know no folder that the table does not name', () => {
    const unknown = [...new Set(imports.map(({ folder }) => folder))].filter((folder) => !(folder in MAY_IMPORT))
    expect(unknown).toEqual([])
    expect(EDGES.every((edge) => EDGES.every((other) => !MAY_IMPORT[edge]?.includes(other)))).toBe(true)
  })
})

describe('the database', () => {
  it('is never migrated by rebuilding a table: D1 would delete what hangs on it', () => {
    const rebuilt = Object.entries(migrations).filter(([, sql]) => /__new_|DROP TABLE/i.test(sql))
    expect(rebuilt.map(([path]) => path)).toEqual([])
  })

  it('keeps no row twice: a table whose key is text is made WITHOUT ROWID', () => {
    const tables = Object.values(migrations).flatMap((sql) => sql.match(/CREATE TABLE[\s\S]*?;/gi) ?? [])
    expect(tables.length).toBeGreaterThan(10)
    expect(tables.filter((sql) => !/WITHOUT ROWID\s*;$/i.test(sql))).toEqual([])
  })
})

describe('texts', () => {
  it('are used, each of them', () => {
    const code = Object.values(sources).join('\n')
    const literals = new Set([...code.matchAll(/['"`]([\w.-]+)['"`]/g)].map(([, text = '']) => text))
    // `mail_state.${state}` → /^mail_state\.[\w.-]+$/
    const patterns = [...code.matchAll(/[`']([\w.-]*)((?:\$\{[^}]*\}[\w.-]*)+)[`']/g)]
      .map(([, head = '', tail = '']) => ({ head, tail: tail.split(/\$\{[^}]*\}/).slice(1) }))
      .filter(({ head }) => head.includes('.'))
      .map(({ head, tail }) => new RegExp(`^${[head, ...tail].map(RegExp.escape).join('[\\w.-]+')}$`))
    const isUsed = (key: string) => literals.has(key) || patterns.some((pattern) => pattern.test(key))
    const unused = Object.keys(en).filter((key) => !isUsed(key) && !isUsed(key.replace(/\.(zero|one|other)$/, '')))
    expect(unused).toEqual([])
  })
})
