import { findContact } from '../db/contacts'
import { markNotSent } from '../db/documents'
import type { Deps } from './deps'
import { loadPaper } from './load-paper'
import { sendDocument } from './send-document'

/**
 * Mails an automatic document once, by the same command as all others, if the account sends them by itself. One that can't be mailed
 * says why, and the list can be filtered for it: nothing fails silently. Run again it changes nothing.
 */
export async function sendAutomatically(deps: Deps, accountId: string, documentId: string): Promise<void> {
  const loaded = await loadPaper(deps, accountId, documentId)
  if (!loaded?.settings.autosend) return
  const { document, paper, settings } = loaded
  const contact = document.contactId ? await findContact(deps.db, accountId, document.contactId) : undefined
  if (!contact || contact.emails.length === 0) return markNotSent(deps.db, accountId, documentId, 'no_address')
  const sent = await sendDocument(deps, {
    accountId,
    documentId,
    userId: '',
    // Of the document: there is one automatic send of it, however often this runs.
    sendId: documentId.replace(/^doc_/, 'snd_'),
    origin: 'automatic',
    recipients: contact.emails,
    language: paper.language,
    subject: null,
    body: null,
    attachPdf: settings.attachPdf,
    scheduledFor: null,
    version: document.version,
  })
  if (!sent.ok) await markNotSent(deps.db, accountId, documentId, sent.reason)
}
