/**
 * Extends the deployed Worker for measurement: its bindings are counted, and endpoints under `/bench/` call single
 * functions.
 */

import type { Env } from '../../../src/env'
import worker from '../../../src/index'
import { builtInTranslation } from '../../../src/mail/translation'
import { type Counts, countingEnv, zero } from './counting'
import { drawMany, drawOne, renderMany, renderOne } from './rendering'
import { cloneDocuments, cloneList, makeAccount, makeApiKey, queueSends } from './setup'

let counts: Counts | undefined
const countedByEnv = new WeakMap<Env, Env>()

/** Returns one wrapped object per isolate, as the platform does: `wire` uses it as the key of its cache. */
function counted(env: Env): Env {
  const found = countedByEnv.get(env) ?? countingEnv(env, () => counts)
  countedByEnv.set(env, found)
  return found
}

export default {
  async fetch(request, env, ctx) {
    const url = new URL(request.url)
    if (!url.pathname.startsWith('/bench/')) return worker.fetch(request, counted(env), ctx)
    return respond(url.pathname.slice('/bench/'.length), url.searchParams, env)
  },
  queue: (batch, env) => worker.queue(batch, counted(env)),
  scheduled: (controller, env) => worker.scheduled(controller, counted(env)),
} satisfies ExportedHandler<Env, unknown>

async function respond(name: string, query: URLSearchParams, env: Env): Promise<Response> {
  const number = (key: string) => Number(query.get(key))
  switch (name) {
    case 'draw-many':
      return Response.json(await drawMany(env, number('from'), number('count'), number('lines')))
    case 'draw-one':
      return new Response((await drawOne(number('index'), number('lines'))) as Uint8Array<ArrayBuffer>)
    case 'render-many':
      return Response.json(await renderMany(env, number('from'), number('count')))
    case 'render-one':
      return new Response((await renderOne(number('index'))) as Uint8Array<ArrayBuffer>)
    case 'text':
      return Response.json(builtInTranslation('invoice', 'fr'))
    case 'account':
      return Response.json(
        await makeAccount(env, query.get('email') ?? '', query.get('address') ?? 'delivered@simulator.test'),
      )
    case 'api-key':
      return Response.json({ key: await makeApiKey(env, query.get('account') ?? '') })
    case 'documents':
      return Response.json(await cloneDocuments(env, query.get('account') ?? '', number('count')))
    case 'sends':
      return Response.json(await queueSends(env, query.get('account') ?? '', number('count')))
    case 'list':
      return Response.json(await cloneList(env, query.get('account') ?? '', number('from'), number('to')))
    case 'count':
      counts = zero()
      return Response.json(counts)
    case 'counts':
      return Response.json(counts)
    default:
      return new Response('no such thing', { status: 404 })
  }
}
