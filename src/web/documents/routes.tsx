import { Hono } from 'hono'
import { routes } from '../../routes'
import type { AppEnv } from '../app-env'
import { requireAccount } from '../middleware/session'
import { documentFormRoutes } from './form-routes'
import { documentListRoutes } from './list-routes'
import { documentShowRoutes } from './show-routes'

/** The form's own paths come before those of one document. */
export const documentRoutes = new Hono<AppEnv>()
  .use(routes.documents, requireAccount)
  .use(`${routes.documents}/*`, requireAccount)
  .route('/', documentListRoutes)
  .route('/', documentFormRoutes)
  .route('/', documentShowRoutes)
