import { findLivingContact } from '../../db/contacts'
import { type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { loadSnapshot } from '../documents/load-snapshot'
import { listUnreachableInTest } from './reach'
import { type SendInput, type Sent, sendDocument } from './send-document'

const MOST_DAYS = 30

/**
 * Finalises an automatic draft and mails it, by the same command as all others, if the account sends such documents by itself.
 * @returns refused with what keeps it from being mailed; undefined where the account wants none of it
 */
export async function sendAutomatically(
  deps: Deps,
  { accountId, documentId, version }: { accountId: string; documentId: string; version: number },
): Promise<Result<Sent> | undefined> {
  const loaded = await loadSnapshot(deps, accountId, documentId)
  if (!loaded?.settings.autosend) return undefined
  const { document, snapshot, settings } = loaded
  const contact = document.contactId ? await findLivingContact(deps.db, accountId, document.contactId) : undefined
  if (!contact || contact.emails.length === 0) return refuse('no_address')
  const recipients = document.test ? await reachableInTest(deps, accountId, contact.emails) : contact.emails
  if (recipients.length === 0) return refuse('test_recipients')
  return sendWhenThereIsRoom(deps, {
    accountId,
    documentId,
    userId: '',
    // Of the document: there is one automatic send of it, however often this runs.
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

/** Where the day's quota is used up it waits for the first day that has room: nobody is there who could choose one. */
async function sendWhenThereIsRoom(deps: Deps, input: SendInput) {
  let sent = await sendDocument(deps, input)
  for (let day = 0; day < MOST_DAYS && !sent.ok && sent.reason === 'quota_reached'; day++)
    sent = await sendDocument(deps, { ...input, scheduledFor: Number(sent.details?.resetsAt) })
  return sent
}

async function reachableInTest(deps: Deps, accountId: string, emails: string[]): Promise<string[]> {
  const outside = await listUnreachableInTest(deps, accountId, emails)
  return emails.filter((address) => !outside.includes(address))
}
