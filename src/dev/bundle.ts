/** Builds the bundle that a deployment uploads. */
import { runWrangler } from './wrangler.ts'

export const BUNDLE_LIMIT_KIB = 1500

/** Builds into `outDir` and returns the gzip size of all modules in KiB, as wrangler reports it. */
export async function buildBundle(outDir: string): Promise<{ gzipKib: number }> {
  const output = await runWrangler('deploy', '--dry-run', '--outdir', outDir)
  const size = /gzip: ([\d.]+) KiB/.exec(output)?.[1]
  if (!size) throw new Error(`wrangler printed no size:\n${output}`)
  return { gzipKib: Number(size) }
}
