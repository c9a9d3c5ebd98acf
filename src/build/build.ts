/** What is made from sources before the Worker runs, into `.build/`: font slices for PDFs, fingerprinted assets for pages. Quick when nothing changed. */
import { mkdirSync } from 'node:fs'
import { buildAssets } from './assets.ts'
import { buildFonts } from './fonts.ts'

mkdirSync('.build/public/static', { recursive: true })
buildAssets()
await buildFonts()
