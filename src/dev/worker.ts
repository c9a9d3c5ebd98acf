/** The Worker as it runs on this machine: the deployed one, and beside it the way to the demo's data. No deployment contains this file. */
import type { Env } from '../env'
import worker from '../index'

export default {
  ...worker,
  async fetch(request, env, ctx) {
    return worker.fetch(request, env, ctx)
  },
} satisfies ExportedHandler<Env, unknown>
