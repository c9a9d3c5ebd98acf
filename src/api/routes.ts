/** Serves the API: middleware in its order, resources, and problems for all else. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { routes } from '../routes'
import { accountRoutes } from './account-routes'
import type { ApiEnv } from './api-env'
import { bulkSendRoutes } from './bulk-sends/bulk-send-routes'
import { contactRoutes } from './contacts/contact-routes'
import { authenticate } from './middleware/authenticate'
import { rateLimit } from './middleware/rate-limit'
import { requestId } from './middleware/request-id'
import { handleProblem, Problem } from './problem'
import { sendRoutes } from './sends/send-routes'

const MAX_BODY_BYTES = 1024 * 1024

export const api = new Hono<ApiEnv>()

api.onError(handleProblem)
api.use(requestId)
// The build makes it from the operations. Reading it takes no key.
api.get(routes.openApi, (c) => c.env.ASSETS.fetch(new URL('/openapi.json', c.req.url)))
api.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }), authenticate, rateLimit)

api.route('/', accountRoutes)
api.route('/', contactRoutes)
api.route('/', sendRoutes)
api.route('/', bulkSendRoutes)

for (const [path, methods] of Map.groupBy(
  api.routes.filter(({ method }) => method !== 'ALL'),
  ({ path }) => path,
))
  api.all(path, () => {
    const Allow = [...new Set(methods.map(({ method }) => method))].join(', ')
    throw new Problem('method_not_allowed', { detail: `It has ${Allow}.`, headers: { Allow } })
  })
api.all('*', () => {
  throw new Problem('not_found')
})

function tooLarge(): never {
  throw new Problem('body_too_large')
}
