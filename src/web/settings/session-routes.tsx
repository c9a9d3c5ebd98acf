/** Lists and ends the sessions of the signed-in person. */
import { Hono } from 'hono'
import { endSessions } from '../../commands/accounts/end-sessions'
import { listSessions } from '../../db/sessions'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { SessionsPage } from './sessions-page'

export const sessionSettings = new Hono<AccountEnv>()

sessionSettings.get(routes.sessions, async (c) => {
  const { deps, signedIn, t } = c.var
  const sessions = await listSessions(deps.db, signedIn.userId, deps.now())
  return page(
    c,
    { title: t('sessions.title'), section: 'settings' },
    <SessionsPage sessions={sessions} currentId={signedIn.sessionId} />,
  )
})

/** Ends a session. The response is the same if it is gone already or belongs to another person. */
sessionSettings.post(routes.sessionRemoval, async (c) => {
  const { id = '' } = await readForm(c)
  const { userId, sessionId } = c.var.signedIn
  await endSessions(c.var.deps, { userId, id })
  flash(c, id === sessionId ? 'notice.signed_out' : 'notice.session_ended')
  return c.redirect(id === sessionId ? routes.signIn : routes.sessions, 303)
})

sessionSettings.post(routes.otherSessionsRemoval, async (c) => {
  const { userId, sessionId } = c.var.signedIn
  await endSessions(c.var.deps, { userId, allBut: sessionId })
  flash(c, 'notice.sessions_ended')
  return c.redirect(routes.sessions, 303)
})
