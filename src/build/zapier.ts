/** Builds the Zapier integration in `.build/zapier`, from where Zapier's command line publishes it (`npm run zapier`). */
import { copyFileSync } from 'node:fs'
import { build } from 'esbuild'

const OUT_DIR = '.build/zapier'

await build({
  entryPoints: ['src/zapier/index.ts'],
  outfile: `${OUT_DIR}/index.js`,
  ...{ bundle: true, platform: 'node', format: 'esm', target: 'node22' },
  external: ['zapier-platform-core'],
})
copyFileSync('src/zapier/package.json', `${OUT_DIR}/package.json`)
console.log(`The integration is in ${OUT_DIR}.`)
