/** Changes a send until its mails leave: undoes it, or chooses another time. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { cancelSend } from '../../commands/sends/cancel-send'
import { rescheduleSend } from '../../commands/sends/reschedule-send'
import type { SendRef } from '../../commands/sends/send-ref'
import { listDocumentSends } from '../../db/document-sends'
import { epochOf, localDateTime } from '../../domain/calendar'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { loadActivity, waitingOf } from '../documents/show/activity'
import { SendLiveUpdate, type UndoOutcome } from '../documents/show/send-live'
import { requireAccount, requireRole } from '../middleware/session'
import { type FormState, readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { fragment, isHtmx, page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { requireDocument } from '../ui/require-document'
import { withTimes } from '../ui/send-refusal'
import { LeftPage, SchedulePage } from './schedule-page'

export const waitingRoutes = new Hono<AccountEnv>()

const writes = requireRole('member')

waitingRoutes.post(routes.sendCancellation(':id', ':sendId'), requireAccount, writes, async (c) => {
  const ref = refOf(c)
  const done = await cancelSend(c.var.deps, ref)
  if (!done.ok && done.reason === 'not_found') throw new HTTPException(404)
  const outcome = !done.ok ? 'left' : done.value.left > 0 ? 'part' : 'cancelled'
  if (isHtmx(c)) return liveUpdate(c, outcome)
  if (!done.ok) return leftPage(c)
  flash(c, outcome === 'part' ? 'notice.send_cancelled.part' : 'notice.send_cancelled')
  return c.redirect(routes.document(ref.documentId), 303)
})

waitingRoutes.get(routes.sendSchedule(':id', ':sendId'), requireAccount, writes, async (c) => {
  const send = await requireSend(c)
  if (waitingOf(send).length === 0) return leftPage(c)
  const { timeZone } = c.var.signedIn.settings
  const at = send.scheduledFor === null ? '' : localDateTime(send.scheduledFor, timeZone)
  return schedulePage(c, { values: { when: at ? 'later' : 'next', at }, errors: {} })
})

const ScheduleForm = v.object({ when: v.picklist(['next', 'later']), at: v.optional(v.string(), '') })

waitingRoutes.post(routes.sendSchedule(':id', ':sendId'), requireAccount, writes, async (c) => {
  const ref = refOf(c)
  const values = await readForm(c)
  const form = v.safeParse(ScheduleForm, values)
  const scheduledFor =
    form.success && form.output.when === 'later' ? epochOf(form.output.at, c.var.signedIn.settings.timeZone) : null
  if (!form.success || scheduledFor === undefined) {
    await requireSend(c)
    return schedulePage(c, { values, errors: { at: c.var.t('field.required') } }, 422)
  }
  const done = await rescheduleSend(c.var.deps, ref, scheduledFor)
  if (done.ok) {
    flash(c, 'notice.send_rescheduled')
    return c.redirect(routes.document(ref.documentId), 303)
  }
  if (done.reason === 'not_found') throw new HTTPException(404)
  if (done.reason === 'already_dispatched') return leftPage(c)
  const times = { language: c.var.language, timeZone: c.var.signedIn.settings.timeZone }
  return schedulePage(c, { values, errors: { at: refusalText(c.var.t, withTimes(done, times)) } }, 422)
})

function refOf(c: Context<AccountEnv>): SendRef {
  const { accountId, userId } = c.var.signedIn
  return { accountId, userId, documentId: c.req.param('id') ?? '', sendId: c.req.param('sendId') ?? '' }
}

async function requireSend(c: Context<AccountEnv>) {
  const { accountId, documentId, sendId } = refOf(c)
  const sends = await listDocumentSends(c.var.deps.db, accountId, documentId)
  const send = sends.find(({ id }) => id === sendId)
  if (!send) throw new HTTPException(404)
  return send
}

async function liveUpdate(c: Context<AccountEnv>, outcome: UndoOutcome) {
  const document = await requireDocument(c)
  const activity = await loadActivity(c.var.deps, c.var.signedIn.accountId, document)
  return fragment(c, <SendLiveUpdate activity={activity} outcome={outcome} />)
}

const leftPage = (c: Context<AccountEnv>) =>
  page(
    c,
    { title: c.var.t('send.left.title'), section: 'documents', narrow: true, status: 409 },
    <LeftPage documentId={refOf(c).documentId} />,
  )

function schedulePage(c: Context<AccountEnv>, form: FormState, status: 200 | 422 = 200) {
  const { documentId, sendId } = refOf(c)
  const { timeZone } = c.var.signedIn.settings
  return page(
    c,
    { title: c.var.t('send.reschedule.title'), section: 'documents', narrow: true, status },
    <SchedulePage documentId={documentId} sendId={sendId} form={form} timeZone={timeZone} />,
  )
}
