/** Publishes the OpenAPI document, which the Worker serves, and the types of a client (`.build/openapi.d.ts`), which tests use. */
import './extensions.ts'
import { readFileSync } from 'node:fs'
import openapiTypes, { astToString } from 'openapi-typescript'
import { openApiDocument } from './openapi-document.ts'
import { write } from './write.ts'

export async function buildOpenApi(): Promise<void> {
  const { operations, namedSchemas } = await import('../api/operations.ts')
  const { PROBLEMS } = await import('../api/problem-codes.ts')
  const texts: Record<string, string> = readJson('locales/en.json')
  const document = openApiDocument({
    ...{ operations, schemas: namedSchemas, problems: PROBLEMS },
    refusalText: (code) => texts[`refusal.${code}`] ?? texts[`problem.${code}`] ?? code,
    version: readJson('package.json').version ?? '',
  })
  write('.build/public/openapi.json', JSON.stringify(document))
  write('.build/openapi.d.ts', astToString(await openapiTypes(JSON.stringify(document))))
}

const readJson = (path: string): Record<string, string> => JSON.parse(readFileSync(path, 'utf8'))
