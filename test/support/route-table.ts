/** Reads the routes from the app. */
import { inspectRoutes } from 'hono/dev'
import { app } from '../../src/app'

/** Returns each route once, without middleware: `GET /documents/:id`. */
export const routeTable = (): string[] => [
  ...new Set(
    inspectRoutes(app)
      .filter((route) => !route.isMiddleware && route.method !== 'ALL')
      .map((route) => `${route.method} ${route.path}`),
  ),
]
