import { findCurrentContact } from '../../db/contacts'
import { type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { loadSnapshot } from '../documents/load-snapshot'
import { listUnreachableInTest } from './reach'
import { type SendInput, type Sent, sendDocument } from './send-document'

const MAX_DAYS = 30

/**
 * Finalises an automatic draft and sends it, if the account has automatic sending on.
 * @returns refused with the reason why it can't be sent; undefined if automatic sending is off
 */
export async function sendAutomatically(
  deps: Deps,
  {
    accountId,
    documentId,
    version,
    actor = '',
  }: { accountId: string; documentId: string; version: number; actor?: string },
): Promise<Result<Sent> | undefined> {
  const loaded = await loadSnapshot(deps, accountId, documentId)
  if (!loaded?.settings.autosend) return undefined
  const { document, snapshot, settings } = loaded
  const contact = document.contactId ? await findCurrentContact(deps.db, accountId, document.contactId) : undefined
  if (!contact || contact.emails.length === 0) return refuse('no_address')
  const recipients = document.test ? await reachableInTest(deps, accountId, contact.emails) : contact.emails
  if (recipients.length === 0) return refuse('test_recipients')
  return sendWhenThereIsRoom(deps, {
    accountId,
    documentId,
    userId: actor,
    // Made from the document id, so that a repeated run makes no second automatic send.
    sendId: documentId.replace(/^doc_/, 'snd_'),
    origin: 'automatic',
    recipients,
    language: snapshot.language,
    subject: null,
    body: null,
    attachPdf: settings.attachPdf,
    scheduledFor: null,
    version,
  })
}

/** Sends the document on the first day whose quota has room, since no person is there to choose a day. */
async function sendWhenThereIsRoom(deps: Deps, input: SendInput) {
  let sent = await sendDocument(deps, input)
  for (let day = 0; day < MAX_DAYS && !sent.ok && sent.reason === 'quota_reached'; day++)
    sent = await sendDocument(deps, { ...input, scheduledFor: Number(sent.details?.resetsAt) })
  return sent
}

async function reachableInTest(deps: Deps, accountId: string, emails: string[]): Promise<string[]> {
  const outside = await listUnreachableInTest(deps, accountId, emails)
  return emails.filter((address) => !outside.includes(address))
}
