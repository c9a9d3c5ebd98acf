/** Serves the reference of the API, made from the OpenAPI document; one page a resource, so that each is small. */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routes } from '../../routes'
import type { AnyContext, AppEnv } from '../app-env'
import { page } from '../ui/page'
import type { OpenApi } from './openapi'
import { ProblemList } from './problem-list'
import { DocsLayout, Introduction, Resource, slugOf } from './reference-page'

export const docs = new Hono<AppEnv>()

const options = { plain: true, width: 'full' } as const

docs.get(routes.docs, async (c) => {
  const document = await readDocument(c)
  const content = <Introduction document={document} appUrl={c.var.deps.config.APP_URL} />
  return page(c, { title: 'API', ...options }, <DocsLayout document={document}>{content}</DocsLayout>)
})

docs.get(routes.docsErrors, async (c) => {
  const document = await readDocument(c)
  const content = <ProblemList document={document} />
  return page(c, { title: 'API errors', ...options }, <DocsLayout document={document}>{content}</DocsLayout>)
})

docs.get(routes.docsResource(':slug'), async (c) => {
  const document = await readDocument(c)
  const tag = document.tags.find(({ name }) => slugOf(name) === c.req.param('slug'))?.name
  if (tag === undefined) throw new HTTPException(404)
  const content = <Resource document={document} tag={tag} appUrl={c.var.deps.config.APP_URL} />
  return page(c, { title: `${tag} · API`, ...options }, <DocsLayout document={document}>{content}</DocsLayout>)
})

async function readDocument(c: AnyContext): Promise<OpenApi> {
  const response = await c.env.ASSETS.fetch(new URL('/openapi.json', c.req.url))
  return response.json()
}
