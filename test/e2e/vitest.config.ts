/** Configures the tests that run in Node: the commands of package.json, the bundle, and a browser. */
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/e2e/**/*.test.ts'],
    // They mostly wait: for ticks, for windows in which a send can be undone, for pages.
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})
