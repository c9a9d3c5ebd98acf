/** Builds the Hono app: middleware in its order, mounts, notFound and onError. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { api } from './api/routes'
import { routes } from './routes'
import type { AppEnv } from './web/app-env'
import { bulkSendRoutes } from './web/bulk/routes'
import { contactRoutes } from './web/contacts/routes'
import { deliverabilityRoutes } from './web/deliveries/deliverability-routes'
import { deliveryRoutes } from './web/deliveries/routes'
import { docs } from './web/docs/routes'
import { documentRoutes } from './web/documents/routes'
import { errorPage, handleError } from './web/error-pages'
import { healthz } from './web/healthz'
import { hostedRoutes } from './web/hosted/routes'
import { fieldLimit } from './web/middleware/field-limit'
import { requestLanguage } from './web/middleware/language'
import { requireSameOrigin } from './web/middleware/origin'
import { requestLog } from './web/middleware/request-log'
import { securityHeaders } from './web/middleware/security-headers'
import { wired } from './web/middleware/wired'
import { problemRoutes } from './web/problems/routes'
import { sendRoutes } from './web/sends/routes'
import { settings } from './web/settings/routes'
import { signIn } from './web/sign-in/routes'
import { suppressionRoutes } from './web/suppressions/routes'
import { translationRoutes } from './web/translations/routes'
import { accountRoutes } from './web/welcome/account-routes'
import { invitationRoutes } from './web/welcome/invitation-routes'
import { welcome } from './web/welcome/routes'
import { webhooks } from './webhooks/routes'
import { wire } from './wire'

const MAX_FORM_BYTES = 1024 * 1024
/** Larger than the limit of each upload, so that the error of a file that is too large appears beside its field. */
const MAX_UPLOAD_BYTES = 12 * 1024 * 1024
const UPLOADS = /^(\/settings\/logo|\/contacts\/imports|\/documents\/[^/]+\/attachments)$/
/** Paths authorised by a token in them instead of a session: customers' links. */
const WITHOUT_SESSION = /^\/d\//

const limitOf = (maxSize: number) => bodyLimit({ maxSize, onError: (c) => errorPage(c, 413) })
const [formLimit, uploadLimit] = [limitOf(MAX_FORM_BYTES), limitOf(MAX_UPLOAD_BYTES)]

export const app = new Hono<AppEnv>()

app.use(wired(wire), requestLog, securityHeaders)
// Before what only pages need: cookies, languages, forms.
app.route(routes.api, api)
app.route('/', webhooks)
app.use(requestLanguage)
app.use((c, next) => (UPLOADS.test(c.req.path) ? uploadLimit : formLimit)(c, next))
app.use(requireSameOrigin(WITHOUT_SESSION))
app.use(fieldLimit((c) => errorPage(c, 413)))

app.get(routes.healthz, healthz)
app.get(routes.home, (c) => c.redirect(routes.documents))
app.route('/', docs)
app.route('/', signIn)
app.route('/', contactRoutes)
app.route('/', welcome)
app.route('/', accountRoutes)
app.route('/', invitationRoutes)
app.route('/', settings)
app.route('/', translationRoutes)
app.route('/', hostedRoutes)
app.route('/', bulkSendRoutes)
app.route('/', sendRoutes)
app.route('/', deliveryRoutes)
app.route('/', deliverabilityRoutes)
app.route('/', problemRoutes)
app.route('/', suppressionRoutes)
app.route('/', documentRoutes)

app.notFound((c) => errorPage(c, 404))
app.onError(handleError)
