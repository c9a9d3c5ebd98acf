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
  index: ['app', 'jobs', 'webhooks', 'env'],
  app: ['wire', 'web', 'api', 'webhooks', 'routes', 'env'],
  wire: ['auth', ...BELOW_EDGES],
  // How long a session is good for is a rule, of the domain.
  auth: ['commands', 'db', 'domain', 'env'],
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
  build: ['api', 'domain', 'pdf', 'web'],
  dev: ['index', 'wire', ...BELOW_EDGES],
  // A program that runs at Zapier and calls the API like any other: it shares types with it, and no code.
  zapier: ['api (type)', 'domain (type)'],
}

/**
 * What an area of `commands/` or `web/` may import of its neighbours. Files at the top of `commands/` are for all of them and import none;
 * `web/ui` and `web/middleware` are for all pages, and the files at the top of `web/` use those.
 */
const MAY_IMPORT_AREAS: Record<string, Record<string, string[]>> = {
  commands: {
    '': [],
    api: [],
    documents: [],
    contacts: ['documents'],
    sends: ['contacts', 'documents', 'providers'],
    providers: ['sends'],
    accounts: ['contacts', 'documents', 'sends'],
    'bulk-sends': ['documents', 'sends'],
    webhooks: ['sends'],
    translations: ['documents', 'sends'],
    stripe: ['contacts', 'documents', 'sends'],
    maintenance: ['accounts', 'api', 'bulk-sends', 'contacts', 'documents', 'providers', 'sends', 'stripe', 'webhooks'],
  },
  web: {
    '': ['ui'],
    ui: [''],
    middleware: ['', 'ui'],
    sheet: ['', 'ui'],
    docs: ['', 'ui'],
    contacts: ['', 'ui', 'middleware'],
    documents: ['', 'ui', 'middleware', 'documents/list', 'documents/form', 'documents/show'],
    'documents/list': ['', 'ui', 'middleware'],
    'documents/form': ['', 'ui', 'middleware', 'contacts'],
    'documents/show': ['', 'ui', 'middleware', 'documents/form', 'sheet'],
    sends: ['', 'ui', 'middleware', 'documents/form', 'documents/show'],
    bulk: ['', 'ui', 'middleware', 'documents/list'],
    deliveries: ['', 'ui', 'middleware', 'problems'],
    problems: ['', 'ui', 'middleware'],
    suppressions: ['', 'ui', 'middleware'],
    translations: ['', 'ui', 'middleware'],
    settings: ['', 'ui', 'middleware', 'documents/form', 'sign-in'],
    hosted: ['', 'ui', 'middleware', 'sheet'],
    'sign-in': ['', 'ui', 'middleware'],
    welcome: ['', 'ui', 'middleware', 'sign-in'],
  },
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
  [/^zapier-platform-core$/, ['zapier']],
]

interface Import {
  file: string
  folder: string
  /** A folder of ours, or the name of a package. */
  target: string
  /** The file that is imported; undefined for a package, and for what is no source (a locale, a built file). */
  targetFile: string | undefined
  own: boolean
  typeOnly: boolean
}

const files = new Set(Object.keys(sources).map((path) => path.replace('../', '')))

const imports: Import[] = Object.entries(sources).flatMap(([path, text]) => {
  const file = path.replace('../', '')
  const found = text.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?'([^']+)'/gm)
  return [...found].map(([, type, specifier = '']) => {
    const own = specifier.startsWith('.')
    const path = own ? resolve(file, specifier) : ''
    const targetFile = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((candidate) => files.has(candidate))
    const target = own ? folderOf(path) : specifier
    return { file, folder: folderOf(file), target, targetFile, own, typeOnly: type !== undefined }
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

/** 'src/web/documents/show/history.tsx' → 'documents/show', 'src/web/healthz.ts' → ''. */
const areaOf = (path: string): string => path.split('/').slice(2, -1).join('/')

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

  it.each(Object.entries(MAY_IMPORT_AREAS))('between the areas of %s point one way', (folder, table) => {
    const between = imports.filter(({ folder: from, target }) => from === folder && target === folder)
    expect(between.length).toBeGreaterThan(100)
    const wrong = between.filter(({ file, targetFile = '' }) => {
      const [from, to] = [areaOf(file), areaOf(targetFile)]
      // What all areas share stands at the top of `commands/`.
      if (from === to || (folder === 'commands' && to === '')) return false
      return !table[from]?.includes(to)
    })
    expect(wrong.map(({ file, targetFile }) => `${file} imports ${targetFile}`)).toEqual([])
  })

  it('make no circle, not even one of types', () => {
    const next = Map.groupBy(
      imports.filter(({ targetFile }) => targetFile !== undefined),
      ({ file }) => file,
    )
    const done = new Set<string>()
    const circles: string[] = []
    const visit = (file: string, trail: string[]) => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '))
      if (done.has(file) || trail.includes(file)) return
      for (const { targetFile = '' } of next.get(file) ?? []) visit(targetFile, [...trail, file])
      done.add(file)
    }
    for (const file of files) visit(file, [])
    expect(circles).toEqual([])
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
