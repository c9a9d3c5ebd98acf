import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { BUNDLE_LIMIT_KIB, buildBundle } from '../../src/dev/bundle.ts'

const OUT_DIR = '.test/bundle'
let gzipKib: number

beforeAll(async () => {
  gzipKib = (await buildBundle(OUT_DIR)).gzipKib
  console.log(`bundle: ${gzipKib} KiB gzip of at most ${BUNDLE_LIMIT_KIB}`)
})

it('uploads no more than the limit', () => {
  expect(gzipKib).toBeGreaterThan(1)
  expect(gzipKib).toBeLessThanOrEqual(BUNDLE_LIMIT_KIB)
})

it('contains the Worker, and no part of the demo', () => {
  const code = readFileSync(join(OUT_DIR, 'index.js'), 'utf8')
  expect(code).toContain('__Host-facteur')
  expect(code).not.toContain('Croix-Rousse')
  expect(code).not.toContain('/dev/demo')
})
