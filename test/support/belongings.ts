/** One of each thing that an account can have, made by the commands that pages use. */
import { createContact } from '../../src/commands/create-contact'
import { createDraft } from '../../src/commands/create-draft'
import { finaliseDocument } from '../../src/commands/finalise-document'
import { sendDocument } from '../../src/commands/send-document'
import { contactOf } from './accounts'
import type { Merchant } from './client'
import { row } from './database'
import { testDeps } from './deps'
import { contentOf } from './documents'

export interface Belongings {
  contactId: string
  draftId: string
  /** Issued, never sent. */
  finalId: string
  /** Issued, with a send that is still waiting. */
  sentId: string
  sendId: string
  deliveryId: string
  /** Stands in all of them and nowhere else. */
  secret: string
}

let count = 0

export async function belongingsOf(owner: Merchant): Promise<Belongings> {
  const deps = testDeps()
  const { accountId, userId: actor } = owner
  count += 1
  const secret = `Secret customer ${count}`
  const contactId = deps.newId('con')
  await createContact(deps, { accountId, id: contactId, contact: contactOf({ name: secret }) })
  const draft = async () => {
    const documentId = deps.newId('doc')
    await createDraft(deps, { accountId, documentId, contactId, content: contentOf(), kind: 'invoice', actor })
    return documentId
  }
  const final = async () => {
    const documentId = await draft()
    const finalised = await finaliseDocument(deps, { accountId, documentId, version: 1, actor })
    if (!finalised.ok) throw new Error(finalised.reason)
    return documentId
  }
  const [draftId, finalId, sentId] = [await draft(), await final(), await final()]
  const sendId = deps.newId('snd')
  const sent = await sendDocument(deps, {
    accountId,
    userId: actor,
    documentId: sentId,
    sendId,
    origin: 'manual',
    recipients: ['anna@krueger.example'],
    language: 'en',
    subject: null,
    body: null,
    attachPdf: false,
    scheduledFor: null,
    version: 2,
  })
  if (!sent.ok) throw new Error(sent.reason)
  const delivery = await row<{ id: string }>('SELECT id FROM deliveries WHERE send_id = ?', sendId)
  return { contactId, draftId, finalId, sentId, sendId, deliveryId: delivery.id, secret }
}
