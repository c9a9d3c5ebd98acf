/** Makes documents that may be sent, by the commands that pages call. */
import { createContact } from '../../src/commands/contacts/create-contact'
import { createDraft } from '../../src/commands/documents/create-draft'
import { finaliseDocument } from '../../src/commands/documents/finalise-document'
import type { Contact } from '../../src/domain/contact'
import type { DocumentContent } from '../../src/domain/document'
import { documentPrefix } from '../../src/domain/test-mode'
import { routes } from '../../src/routes'
import { contactOf } from './accounts'
import { type FormFields, formFields, type Merchant } from './client'
import { row } from './database'
import { testDeps } from './deps'
import { contentOf } from './documents'

const deps = testDeps()

export interface Sendable {
  contact?: Partial<Contact>
  content?: Partial<DocumentContent>
  /** A document of test mode. */
  test?: boolean
}

/** Creates a draft of an invoice to a contact whose mails the simulator delivers. Returns its id. */
export async function draftFor(merchant: Merchant, { contact, content, test = false }: Sendable = {}): Promise<string> {
  const { accountId, userId: actor } = merchant
  const customer = contactOf({ emails: ['delivered@simulator.test'], language: 'de', ...contact })
  const contactId = await createContact(deps, { accountId, id: deps.newId('con'), contact: customer })
  const documentId = deps.newId(documentPrefix(test))
  await createDraft(deps, { accountId, documentId, contactId, content: contentOf(content), kind: 'invoice', actor })
  return documentId
}

/** Creates such a draft and finalises it. Returns its id. */
export async function invoiceFor(merchant: Merchant, sendable: Sendable = {}): Promise<string> {
  const documentId = await draftFor(merchant, sendable)
  const { accountId, userId: actor } = merchant
  const done = await finaliseDocument(deps, { accountId, documentId, version: 1, actor })
  if (!done.ok) throw new Error(done.reason)
  return documentId
}

/** Returns the initial fields of a document's Send form. */
export async function sendForm(merchant: Merchant, documentId: string, query = ''): Promise<FormFields> {
  const page = await merchant.get(routes.newSend(documentId) + query)
  if (page.status !== 200) throw new Error(`${page.status}: ${await page.text()}`)
  return formFields(page, routes.sends(documentId))
}

/** Opens the Send form, changes these fields and sends it. */
export async function send(merchant: Merchant, documentId: string, fields: FormFields = {}): Promise<Response> {
  return merchant.post(routes.sends(documentId), { ...(await sendForm(merchant, documentId)), ...fields })
}

export const latestSend = (documentId: string) =>
  row<{ id: string; origin: string; subject: string | null; body: string | null; scheduled_for: number | null }>(
    'SELECT * FROM sends WHERE document_id = ? ORDER BY created_at DESC, id DESC LIMIT 1',
    documentId,
  )
