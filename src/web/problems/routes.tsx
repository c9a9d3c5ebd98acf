/** Serves the list of problems, and the actions that fix them. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { dismissProblem } from '../../commands/sends/dismiss-problem'
import { type DeliveryRef, repeatDelivery } from '../../commands/sends/repeat-delivery'
import { findHeldUp } from '../../db/outages'
import { listProblems } from '../../db/problem-list'
import { addressKey } from '../../domain/email-addresses'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount, requireRole } from '../middleware/session'
import { formId } from '../ui/form-id'
import { type FormValues, readForm } from '../ui/form-state'
import { type FlashKey, flash } from '../ui/notice'
import { page } from '../ui/page'
import { correctionRoutes } from './correction-routes'
import { ProblemListPage } from './list-page'
import { problemsPath, readProblemQuery } from './query'

export const problemRoutes = new Hono<AccountEnv>()

const PROBLEMS_A_PAGE = 25
const writes = requireRole('member')

problemRoutes.route('/', correctionRoutes)

problemRoutes.get(routes.problems, requireAccount, async (c) => {
  const { deps, signedIn, t } = c.var
  const query = readProblemQuery(c.req.query())
  const filter = {
    ...query,
    test: signedIn.testMode,
    addressKey: query.address ? addressKey(query.address) : undefined,
  }
  const position = { before: query.before, limit: PROBLEMS_A_PAGE }
  const [{ items, next }, heldUp] = await Promise.all([
    listProblems(deps.db, signedIn.accountId, filter, position),
    findHeldUp(deps.db, signedIn.accountId, signedIn.testMode, deps.now()),
  ])
  const nextPath = next === undefined ? undefined : problemsPath(query, { before: next })
  const props = { query, items, heldUp, nextPath, newFormId: () => deps.newId('snd') }
  return page(c, { title: t('problems.title'), section: 'deliveries' }, <ProblemListPage {...props} />)
})

problemRoutes.post(routes.deliveryRepeats(':id', ':deliveryId'), requireAccount, writes, async (c) => {
  const typed = await readForm(c)
  return sentAgain(c, typed, await repeatDelivery(c.var.deps, { ...refOf(c), sendId: sendIdOf(c, typed) }))
})

problemRoutes.post(routes.deliveryExceptions(':id', ':deliveryId'), requireAccount, requireRole('admin'), async (c) => {
  const typed = await readForm(c)
  const input = { ...refOf(c), sendId: sendIdOf(c, typed), despite: 'unsubscribed' } as const
  return sentAgain(c, typed, await repeatDelivery(c.var.deps, input))
})

problemRoutes.post(routes.deliveryDismissal(':id', ':deliveryId'), requireAccount, writes, async (c) => {
  const typed = await readForm(c)
  const done = await dismissProblem(c.var.deps, { ...refOf(c), aside: typed.aside === 'yes' })
  if (!done.ok) throw new HTTPException(404)
  return back(c, typed, typed.aside === 'yes' ? 'notice.problem_aside' : 'notice.problem_reopened')
})

function sentAgain(
  c: Context<AccountEnv>,
  typed: FormValues,
  done: Awaited<ReturnType<typeof repeatDelivery>>,
): Response {
  if (done.ok) return back(c, typed, 'notice.sent_again')
  if (done.reason === 'not_found') throw new HTTPException(404)
  if (done.reason === 'problem_settled') return back(c, typed, 'problem.settled_already')
  // The Send page explains every other refusal, and links to the page that fixes it.
  flash(c, 'problem.not_sent_again')
  return c.redirect(routes.newSend(refOf(c).documentId), 303)
}

function refOf(c: Context<AccountEnv>): DeliveryRef {
  const { accountId, userId } = c.var.signedIn
  return { accountId, userId, documentId: c.req.param('id') ?? '', deliveryId: c.req.param('deliveryId') ?? '' }
}

const sendIdOf = (c: Context<AccountEnv>, { sendId }: FormValues): string => formId(c, 'snd', sendId)

/** Redirects to the list when the form came from it, else to the document, where a send can be undone. */
function back(c: Context<AccountEnv>, typed: FormValues, notice: FlashKey): Response {
  flash(c, notice)
  return c.redirect(typed.back === 'problems' ? routes.problems : routes.document(refOf(c).documentId), 303)
}
