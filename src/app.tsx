/** The Hono app: middleware order, mounts, notFound, onError. */
import { Hono } from 'hono'
import type { AppEnv } from './web/app-env'

export const app = new Hono<AppEnv>()

app.get('/', (c) => c.text('Facteur'))
