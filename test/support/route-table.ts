/** What the app answers to, read from the app itself. */
import { inspectRoutes } from 'hono/dev'
import { app } from '../../src/app'

/** `GET /documents/:id`, each once, middleware left out. */
export const routeTable = (): string[] => [
  ...new Set(
    inspectRoutes(app)
      .filter((route) => !route.isMiddleware && route.method !== 'ALL')
      .map((route) => `${route.method} ${route.path}`),
  ),
]
