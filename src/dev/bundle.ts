/** The bundle that a deployment uploads, built as a deployment builds it. */
import { askWrangler } from './wrangler.ts'

export const BUNDLE_LIMIT_KIB = 1400

/** Builds into `outDir` and returns the gzip size in KiB, modules and all, as wrangler counts it. */
export async function buildBundle(outDir: string): Promise<{ gzipKib: number }> {
  const answer = await askWrangler('deploy', '--dry-run', '--outdir', outDir)
  const size = /gzip: ([\d.]+) KiB/.exec(answer)?.[1]
  if (!size) throw new Error(`wrangler named no size:\n${answer}`)
  return { gzipKib: Number(size) }
}
