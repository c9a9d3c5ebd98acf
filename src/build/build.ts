/**
 * Builds the files that the Worker needs in `.build/`: font slices for PDFs, fingerprinted assets for pages, the description of the
 * API. Unchanged fonts are skipped.
 */
import { mkdirSync } from 'node:fs'
import { buildAssets } from './assets.ts'
import { buildFonts } from './fonts.ts'
import { buildOpenApi } from './openapi.ts'

mkdirSync('.build/public/static', { recursive: true })
buildAssets()
await buildFonts()
await buildOpenApi()
