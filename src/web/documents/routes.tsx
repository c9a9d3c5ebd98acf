import { Hono } from 'hono'
import { routes } from '../../routes'
import type { AppEnv } from '../app-env'
import { requireAccount } from '../middleware/session'
import { logoAnswer } from '../ui/logo-answer'
import { attachmentRoutes } from './attachment-routes'
import { documentFormRoutes } from './form-routes'
import { documentListRoutes } from './list-routes'
import { documentShowRoutes } from './show-routes'

/** The form's own paths come before those of one document. */
export const documentRoutes = new Hono<AppEnv>()
  .get(routes.logo(':sha256'), requireAccount, (c) => logoAnswer(c, c.var.signedIn.accountId, c.req.param()))
  .use(routes.documents, requireAccount)
  .use(`${routes.documents}/*`, requireAccount)
  .route('/', documentListRoutes)
  .route('/', documentFormRoutes)
  .route('/', documentShowRoutes)
  .route('/', attachmentRoutes)
