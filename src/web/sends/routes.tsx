/** Serves the Send page, its preview, and changes until the mails leave. */
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { previewMail } from '../../commands/sends/preview-mail'
import { sendDocument } from '../../commands/sends/send-document'
import { listAccountTexts } from '../../db/account-texts'
import { chosenOf } from '../../domain/attachment'
import { mailKindOf } from '../../domain/translation'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { loadActivity } from '../documents/show/activity'
import { SendLiveUpdate } from '../documents/show/send-live'
import { requireAccount, requireRole } from '../middleware/session'
import { formId } from '../ui/form-id'
import { type FormState, type FormValues, readForm } from '../ui/form-state'
import { previewFrame } from '../ui/mail-frame'
import { fragment, isHtmx, page } from '../ui/page'
import { requireDocument } from '../ui/require-document'
import { refusalErrors, refusalStatus } from '../ui/send-refusal'
import { mailRoutes } from './mail-routes'
import { loadText, newSendForm } from './new-send'
import { loadSendContext, originOf, type SendContext } from './send-context'
import { parseSendForm } from './send-form'
import { SendPage } from './send-page'
import { SummaryText } from './send-summary'
import { waitingRoutes } from './waiting-routes'

export const sendRoutes = new Hono<AccountEnv>()

sendRoutes.route('/', waitingRoutes)
sendRoutes.route('/', mailRoutes)

const writes = requireRole('member')

sendRoutes.get(routes.newSend(':id'), requireAccount, writes, async (c) => {
  const context = await requireContext(c)
  const form = newSendForm(context, c.var.deps.newId('snd'), c.req.query())
  return sendPage(c, context, form, { query: new URL(c.req.url).search })
})

sendRoutes.post(routes.sends(':id'), requireAccount, writes, async (c) => {
  const { deps, signedIn, t, language } = c.var
  const { accountId, userId, settings } = signedIn
  const typed = await readForm(c)
  const document = await requireDocument(c)
  const { id: documentId, kind } = document
  const origin = originOf(document)
  const accountTexts = await listAccountTexts(deps.db, accountId)
  const form = parseSendForm(typed, { settings, mailKind: mailKindOf(kind, origin), accountTexts }, t)
  if (!('value' in form) || Object.keys(form.errors).length > 0) return showErrors(c, form, 422)
  const sendId = sendIdOf(c, typed)
  const sent = await sendDocument(deps, { accountId, userId, documentId, sendId, origin, ...form.value })
  if (sent.ok) return c.redirect(routes.document(documentId), 303)
  if (sent.reason === 'not_found') throw new HTTPException(404)
  return showErrors(
    c,
    { values: typed, errors: refusalErrors(sent, t, { language, timeZone: settings.timeZone }) },
    refusalStatus(sent),
  )
})

sendRoutes.get(routes.sendPreview(':id'), requireAccount, writes, async (c) => {
  const context = await requireContext(c)
  return preview(c, context, newSendForm(context, '', c.req.query()).values)
})

/** Accepts the same form as sending. With `load`, responds with a part of the page: the text in another language, or the summary. */
sendRoutes.post(routes.sendPreview(':id'), requireAccount, writes, async (c) => {
  const values = await readForm(c)
  const context = await requireContext(c)
  if (values.load === 'summary') return fragment(c, <SummaryText context={context} values={values} />)
  if (values.load === 'text') return sendPage(c, context, { values: withText(c, context, values), errors: {} })
  return preview(c, context, values)
})

/** Responds with the state of a document's sends for its page, or 204 if it has not changed since `seen`. */
sendRoutes.get(routes.sends(':id'), requireAccount, async (c) => {
  const document = await requireDocument(c)
  if (!isHtmx(c)) return c.redirect(routes.document(document.id), 303)
  const activity = await loadActivity(c.var.deps, c.var.signedIn.accountId, document)
  return activity.seen === c.req.query('seen') ? c.body(null, 204) : fragment(c, <SendLiveUpdate activity={activity} />)
})

const idOf = (c: Context<AccountEnv>): string => c.req.param('id') ?? ''

const requireContext = (c: Context<AccountEnv>) => loadSendContext(c.var.deps, c.var.signedIn, idOf(c))

/** Returns the send's id from the form, so that posting it twice creates one send. */
const sendIdOf = (c: Context<AccountEnv>, { sendId }: FormValues): string => formId(c, 'snd', sendId)

/** Shows the page again with the typed values and their errors. */
async function showErrors(c: Context<AccountEnv>, { values, errors }: FormState, status: 409 | 422) {
  const form = { values: { ...values, sendId: sendIdOf(c, values) }, errors }
  return sendPage(c, await requireContext(c), form, { status })
}

function sendPage(
  c: Context<AccountEnv>,
  context: SendContext,
  form: FormState,
  { query, status = 200 }: { query?: string; status?: 200 | 409 | 422 } = {},
) {
  return page(
    c,
    { title: c.var.t('send.title'), section: 'documents', scripts: ['send-preview.js', 'text-editor.js'], status },
    <SendPage context={context} form={form} query={query} />,
  )
}

function withText(c: Context<AccountEnv>, context: SendContext, values: FormValues): FormValues {
  const form = parseSendForm(values, context, c.var.t)
  return 'value' in form ? loadText(values, context, form.value) : values
}

async function preview(c: Context<AccountEnv>, context: SendContext, values: FormValues) {
  const { accountId, userId, company, logo, settings } = c.var.signedIn
  const { id: documentId } = context.document
  const { mailKind, accountTexts } = context
  const form = parseSendForm(values, context, c.var.t)
  if (!('value' in form)) throw new HTTPException(404)
  const { recipients, attachments, ...mail } = form.value
  const files = chosenOf(context.document.attachments ?? [], attachments)
  const [to = '', ...alsoSentTo] = recipients
  const made = await previewMail(c.var.deps, {
    ...{ accountId, userId, documentId, company, logo, languages: settings, mailKind, accountTexts },
    ...{ to, alsoSentTo, files },
    ...mail,
  })
  if (!made) throw new HTTPException(404)
  return previewFrame(c, made, values.view ?? 'html')
}
