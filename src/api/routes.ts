/** Serves the API: middleware in its order, resources, and problems for all else. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { routes } from '../routes'
import { accountRoutes } from './account-routes'
import type { ApiContext, ApiEnv } from './api-env'
import { bulkSendRoutes } from './bulk-sends/bulk-send-routes'
import { contactRoutes } from './contacts/contact-routes'
import { deliveryRoutes } from './deliveries/delivery-routes'
import { documentPartRoutes } from './documents/document-part-routes'
import { documentRoutes } from './documents/document-routes'
import { eventRoutes } from './events/event-routes'
import { authenticate } from './middleware/authenticate'
import { rateLimit } from './middleware/rate-limit'
import { requestId } from './middleware/request-id'
import { handleProblem, Problem } from './problem'
import { sendRoutes } from './sends/send-routes'
import { suppressionRoutes } from './suppressions/suppression-routes'
import { translationRoutes } from './translations/translation-routes'
import { webhookEndpointRoutes } from './webhook-endpoints/endpoint-routes'

const MAX_BODY_BYTES = 1024 * 1024
/** Of uploads: a PDF of 10 MiB and what is around it in a form. */
const MAX_UPLOAD_BYTES = 12 * 1024 * 1024
const UPLOADS = /\/documents(\/[^/]+\/attachments)?$/

export const api = new Hono<ApiEnv>()

api.onError(handleProblem)
api.use(requestId)
// The build makes it from the operations. Reading it takes no key.
api.get(routes.openApi, (c) => c.env.ASSETS.fetch(new URL('/openapi.json', c.req.url)))
const limitOf = (maxSize: number) => bodyLimit({ maxSize, onError: tooLarge })
const [bodies, uploads] = [limitOf(MAX_BODY_BYTES), limitOf(MAX_UPLOAD_BYTES)]
api.use((c, next) => (isUpload(c) ? uploads : bodies)(c, next), authenticate, rateLimit)

api.route('/', accountRoutes)
api.route('/', contactRoutes)
api.route('/', documentRoutes)
api.route('/', documentPartRoutes)
api.route('/', eventRoutes)
api.route('/', webhookEndpointRoutes)
api.route('/', sendRoutes)
api.route('/', bulkSendRoutes)
api.route('/', deliveryRoutes)
api.route('/', suppressionRoutes)
api.route('/', translationRoutes)

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

/** JSON has the lower limit everywhere. */
function isUpload(c: ApiContext): boolean {
  return UPLOADS.test(c.req.path) && !/json/i.test(c.req.header('Content-Type') ?? 'json')
}

function tooLarge(): never {
  throw new Problem('body_too_large')
}
