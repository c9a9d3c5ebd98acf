import { Hono } from 'hono'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount } from '../middleware/session'
import { logoResponse } from '../ui/logo-response'
import { documentFormRoutes } from './form/form-routes'
import { documentListRoutes } from './list/list-routes'
import { attachmentRoutes } from './show/attachment-routes'
import { documentShowRoutes } from './show/show-routes'

/** Combines the routes of documents. The form's routes come first, since the path of one document would match them. */
export const documentRoutes = new Hono<AccountEnv>()
  .get(routes.logo(':sha256'), requireAccount, (c) => logoResponse(c, c.var.signedIn.accountId, c.req.param()))
  .use(routes.documents, requireAccount)
  .use(`${routes.documents}/*`, requireAccount)
  .route('/', documentListRoutes)
  .route('/', documentFormRoutes)
  .route('/', documentShowRoutes)
  .route('/', attachmentRoutes)
