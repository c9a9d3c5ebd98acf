/** Serves the account's languages, and the texts of its mails in each. Every member may read, admins may change. */
import { Hono } from 'hono'
import type { AccountEnv } from '../app-env'
import { labelRoutes } from './label-routes'
import { languageRoutes } from './language-routes'
import { textRoutes } from './text-routes'
import { trialRoutes } from './trial-routes'

export const translationRoutes = new Hono<AccountEnv>()

translationRoutes.route('/', languageRoutes)
// Mounted before the texts, whose path would match `labels` as a kind of mail.
translationRoutes.route('/', labelRoutes)
translationRoutes.route('/', trialRoutes)
translationRoutes.route('/', textRoutes)
