import { runBatch } from '../../db/client'
import { insertHistory } from '../../db/history'
import { findSendContext, type SendContext } from '../../db/send-context'
import { insertSends, isExternalIdTaken, type PlannedSend } from '../../db/sends'
import { chosenOf, estimatedMailBytes, MAX_MAIL_BYTES } from '../../domain/attachment'
import type { SendOrigin } from '../../domain/delivery'
import { addressKey, type EmailProblem, parseEmailAddress } from '../../domain/email-addresses'
import type { Metadata } from '../../domain/metadata'
import { quotaDay, quotaZone } from '../../domain/quota'
import { sellerGaps } from '../../domain/readiness'
import { ok, type Refused, type Result, refuse } from '../../domain/result'
import { checkSchedule, dueAtOf, type ScheduleRefusal } from '../../domain/schedule'
import type { SendContent } from '../../domain/send-content'
import { isTestDocument } from '../../domain/test-mode'
import { checkTranslation } from '../../mail/check-translation'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { finaliseDocument } from '../documents/finalise-document'
import type { FinaliseRefusal } from '../documents/prepare-finalise'
import { planSend } from './plan-send'
import { refuseOverQuota } from './quota'
import { listStrangers, listUnreachableInTest, reachableCopies } from './reach'

export interface SendInput extends SendContent {
  accountId: string
  userId: string
  documentId: string
  /** Chosen by the caller, so that a repeated request makes one send: the Send form contains it. */
  sendId: string
  origin: SendOrigin
  /** Addresses, each of which gets a delivery. */
  recipients: string[]
  /** Version of the draft that the person saw; a draft that has changed since is refused. */
  version: number
  /** The recipients' choice that an admin overrides for this send; recorded with the admin's name. */
  despite?: 'unsubscribed'
  /** Key of the only address whose problems this send settles; absent = all of the document's. */
  settlesAddress?: string
  /** Set by programs; absent = none. */
  externalId?: string | undefined
  metadata?: Metadata | undefined
}

/** Each reason's text is `refusal.<reason>`. */
export type SendRefusal =
  | Refused<
      | 'not_found'
      | 'no_recipients'
      | 'too_many_recipients'
      | 'company_incomplete'
      | 'reply_address_unconfirmed'
      | 'test_recipients'
      | 'translation_problem'
      | 'mail_too_large'
      | 'quota_reached'
      | 'external_id_taken'
      | EmailProblem
      | ScheduleRefusal
    >
  | FinaliseRefusal

export interface Sent {
  sendId: string
  /** Epoch ms: the mails leave with the first tick after it, and can be undone until then. */
  dueAt: number
}

export const MAX_RECIPIENTS = 10

/**
 * Sends a document: finalises it if it is a draft, and queues one delivery for each recipient, in one transaction.
 * Sends of every origin use it. Returns only after the commit to D1. A repeated call with the same `sendId` changes
 * nothing and returns the same.
 */
export async function sendDocument(deps: Deps, input: SendInput): Promise<{ ok: true; value: Sent } | SendRefusal> {
  const { accountId, documentId, sendId } = input
  const context = await findSendContext(deps.db, accountId, documentId, sendId)
  if (!context) return refuse('not_found')
  if (context.earlierFor !== null) {
    return context.earlierFor === documentId ? ok({ sendId, dueAt: Number(context.earlierDueAt) }) : refuse('not_found')
  }
  const recipients = readRecipients(input.recipients)
  if (!recipients.ok) return recipients
  const refused = checkInput(deps, input, context) ?? (await checkReach(deps, input, recipients.value, context))
  if (refused) return refused

  const now = deps.now()
  const dueAt = dueAtOf(context.settings, now, input.scheduledFor)
  const { userId, version, recipients: _, sendId: id, ...send } = input
  const timeZone = quotaZone(context)
  const test = isTestDocument(documentId)
  const counted = { countedOn: quotaDay(dueAt, timeZone, test), dailyQuota: context.dailyQuota }
  const { recordsEvents } = context
  const copyTo = test ? undefined : (await reachableCopies(deps, accountId, context))[context.kind]
  const planned = planSend(deps, { ...send, ...counted, recordsEvents, id, createdBy: userId }, recipients.value, {
    ...{ dueAt, copyTo, mailConnection: context.mailConnection },
  })
  const statements = insertSends(accountId, [planned], now, overrideRecords(deps, planned))
  const done = await refuseOverQuota(deps, { accountId, leavesAt: dueAt, timeZone, test }, () =>
    refuseTakenId(async () => {
      if (context.status === 'draft')
        return finaliseDocument(deps, { accountId, documentId, version, actor: userId }, statements)
      await runBatch(deps.db, statements)
      return ok(null)
    }),
  )
  return done.ok ? ok({ sendId, dueAt }) : done
}

async function refuseTakenId<T>(run: () => Promise<T>): Promise<T | Refused<'external_id_taken'>> {
  try {
    return await run()
  } catch (error) {
    if (!isExternalIdTaken(error)) throw error
    return refuse('external_id_taken')
  }
}

/** Returns the recipients, cleaned and without duplicates, in their order. */
function readRecipients(typed: string[]): Result<string[], EmailProblem | 'no_recipients' | 'too_many_recipients'> {
  const distinct = new Map<string, string>()
  for (const text of typed) {
    const parsed = parseEmailAddress(text)
    if (!parsed.ok) return parsed
    if (!distinct.has(addressKey(parsed.value))) distinct.set(addressKey(parsed.value), parsed.value)
  }
  if (distinct.size === 0) return refuse('no_recipients')
  if (distinct.size > MAX_RECIPIENTS) return refuse('too_many_recipients', { max: MAX_RECIPIENTS })
  return ok([...distinct.values()])
}

function checkInput(deps: Deps, input: SendInput, context: SendContext): SendRefusal | undefined {
  if (sellerGaps(context.company).length > 0) return refuse('company_incomplete')
  // The account's custom texts were checked when they were saved.
  const [problem] = checkTranslation({ subject: input.subject ?? '–', body: input.body ?? '–' }, context.kind)
  if (problem) {
    const { field, line, column, detail, reason } = problem
    return refuse('translation_problem', { field, line, column, detail, problem: reason })
  }
  const attachments = chosenOf(context.attachments, input.attachments)
  const logoBytes = context.logo?.bytes ?? 0
  const bytes = estimatedMailBytes({ attachments, attachPdf: input.attachPdf, logoBytes })
  if (bytes > MAX_MAIL_BYTES) return refuse('mail_too_large', { bytes })
  return checkSchedule(input.scheduledFor, deps.now())
}

/**
 * Refuses recipients who are not members of the account while the company's reply address is unconfirmed. Test documents may only
 * go to members and to the simulator.
 */
async function checkReach(
  deps: Deps,
  { accountId, documentId }: SendInput,
  recipients: string[],
  context: SendContext,
): Promise<SendRefusal | undefined> {
  if (isTestDocument(documentId)) {
    const strangers = await listUnreachableInTest(deps, accountId, recipients)
    return strangers.length > 0 ? refuse('test_recipients', { addresses: strangers.join(', ') }) : undefined
  }
  if (context.confirmedReplyEmail === context.company.email) return undefined
  const strangers = await listStrangers(deps, accountId, recipients)
  return strangers.length > 0 ? refuse('reply_address_unconfirmed') : undefined
}

/** Returns the History and audit rows of a send that overrides the recipients' choice. */
function overrideRecords(deps: Deps, { send, deliveries }: PlannedSend) {
  const { accountId, documentId, createdBy: actor, despite } = send
  if (!despite) return []
  const at = deps.now()
  // A copy for the merchant overrides no choice.
  const customers = deliveries.filter(({ purpose }) => purpose === 'customer')
  const rows = customers.map(({ id: deliveryId }) => ({
    ...{ accountId, documentId, deliveryId, at, actor, type: 'sent_despite' as const },
    id: `his_${deliveryId}_despite`,
    data: { reason: despite },
  }))
  const subject = customers.map(({ address }) => address).join(', ')
  return [
    insertHistory(deps.db, rows, 'after_change'),
    auditEntry(deps, { accountId, actor, action: 'sent_despite_unsubscription', subject, changes: [] }),
  ]
}
