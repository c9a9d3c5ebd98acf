/**
 * Builds the files that the Worker needs in `.build/`: font slices for PDFs, fingerprinted assets for pages. Unchanged fonts are
 * skipped.
 */
import { mkdirSync } from 'node:fs'
import { buildAssets } from './assets.ts'
import { buildFonts } from './fonts.ts'

mkdirSync('.build/public/static', { recursive: true })
buildAssets()
await buildFonts()
