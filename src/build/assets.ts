/**
 * Publishes styles, scripts and pictures of the pages, each under a name with a hash of its content, so that it may be
 * cached for ever: `.build/public/static/app.1a2b3c4d.css`, listed in `.build/assets.json`. All of src/web/assets/*.css
 * becomes one `app.css`. The inner markup of the lucide icons that `icon-names.ts` lists goes into `.build/icons.json`.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ICON_NAMES } from '../web/ui/icon-names.ts'
import { write } from './write.ts'

const SOURCE = 'src/web/assets'
const PUBLIC = '.build/public'

/** Headers of these files. The platform serves them without calling the Worker. */
const HEADERS = ['Cache-Control: public, max-age=31536000, immutable', 'X-Content-Type-Options: nosniff']

export function buildAssets(): void {
  const files = readdirSync(SOURCE).sort()
  const styles = files.filter((file) => file.endsWith('.css'))
  const assets: Record<string, string> = { 'app.css': join(styles), 'htmx.js': htmx() }
  for (const file of files) if (!file.endsWith('.css')) assets[file] = readFileSync(`${SOURCE}/${file}`, 'utf8')

  mkdirSync(`${PUBLIC}/static`, { recursive: true })
  const paths = Object.entries(assets).map(([name, content]): [string, string] => [name, publish(name, content)])
  removeOthers(paths.map(([, path]) => path))
  write('.build/assets.json', JSON.stringify(Object.fromEntries(paths), null, 2))
  write('.build/icons.json', JSON.stringify(Object.fromEntries(ICON_NAMES.map((name) => [name, icon(name)])), null, 2))
  write(`${PUBLIC}/_headers`, `${['/static/*', ...HEADERS].join('\n  ')}\n`)
}

function publish(name: string, content: string): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8)
  const path = `/static/${name.replace(/(\.\w+)$/, `.${hash}$1`)}`
  write(`${PUBLIC}${path}`, content)
  return path
}

/** Removes what an earlier build published and this one did not. What stays is not touched, since a Worker may be serving it. */
function removeOthers(paths: readonly string[]): void {
  for (const file of readdirSync(`${PUBLIC}/static`)) {
    if (!paths.includes(`/static/${file}`)) rmSync(`${PUBLIC}/static/${file}`)
  }
}

const join = (files: string[]): string => files.map((file) => readFileSync(`${SOURCE}/${file}`, 'utf8')).join('\n')

const packageFile = (path: string): string => readFileSync(fileURLToPath(import.meta.resolve(path)), 'utf8')

const htmx = (): string => packageFile('htmx.org/dist/htmx.min.js').replace(/\n?\/\/# sourceMappingURL=.*/, '')

/** Returns the markup between `<svg …>` and `</svg>` of a lucide icon, on one line. */
function icon(name: string): string {
  const svg = packageFile(`lucide-static/icons/${name}.svg`)
  const inner = /<svg[^>]*>(.*)<\/svg>/s.exec(svg)?.[1]
  if (!inner) throw new Error(`lucide has no icon ${name}`)
  return inner.replace(/\s+/g, ' ').replaceAll(' />', '/>').replaceAll('> <', '><').trim()
}
