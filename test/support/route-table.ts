/** Reads the routes from the app. */
import { inspectRoutes } from 'hono/dev'
import { app } from '../../src/app'

/** Returns each route of pages and webhooks once, without middleware: `GET /documents/:id`. */
export const routeTable = (): string[] => allRoutes().filter((route) => !route.includes(' /api/'))

/** Returns each route of the API once. */
export const apiRouteTable = (): string[] => allRoutes().filter((route) => route.includes(' /api/'))

const allRoutes = (): string[] => [
  ...new Set(
    inspectRoutes(app)
      .filter((route) => !route.isMiddleware && route.method !== 'ALL')
      .map((route) => `${route.method} ${route.path}`),
  ),
]
