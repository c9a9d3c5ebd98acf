import { findLivingContact } from '../db/contacts'
import { markNotSent } from '../db/documents'
import type { Deps } from './deps'
import { loadPaper } from './load-paper'
import { listUnreachableInTest } from './reach'
import { type SendInput, sendDocument } from './send-document'

const MOST_DAYS = 30

/**
 * Mails an automatic document once, by the same command as all others, if the account sends them by itself. One that can't be mailed
 * says why, and the list can be filtered for it: nothing fails silently. Run again it changes nothing.
 */
export async function sendAutomatically(deps: Deps, accountId: string, documentId: string): Promise<void> {
  const loaded = await loadPaper(deps, accountId, documentId)
  if (!loaded?.settings.autosend) return
  const { document, paper, settings } = loaded
  const contact = document.contactId ? await findLivingContact(deps.db, accountId, document.contactId) : undefined
  if (!contact || contact.emails.length === 0) return markNotSent(deps.db, accountId, documentId, 'no_address')
  const recipients = document.test ? await reachableInTest(deps, accountId, contact.emails) : contact.emails
  if (recipients.length === 0) return markNotSent(deps.db, accountId, documentId, 'test_recipients')
  const sent = await sendWhenThereIsRoom(deps, {
    accountId,
    documentId,
    userId: '',
    // Of the document: there is one automatic send of it, however often this runs.
    sendId: documentId.replace(/^doc_/, 'snd_'),
    origin: 'automatic',
    recipients,
    language: paper.language,
    subject: null,
    body: null,
    attachPdf: settings.attachPdf,
    scheduledFor: null,
    version: document.version,
  })
  if (!sent.ok) await markNotSent(deps.db, accountId, documentId, sent.reason)
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
