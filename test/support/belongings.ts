/** Makes one of each thing that an account can have, by the commands that pages use. */
import { env } from 'cloudflare:test'
import { createApiKey } from '../../src/commands/accounts/create-api-key'
import { saveLogo } from '../../src/commands/accounts/save-logo'
import { confirmBulkSend } from '../../src/commands/bulk-sends/confirm-bulk-send'
import { createBulkSend } from '../../src/commands/bulk-sends/create-bulk-send'
import { checkImport } from '../../src/commands/contacts/check-import'
import { createContact } from '../../src/commands/contacts/create-contact'
import { uploadContacts } from '../../src/commands/contacts/upload-contacts'
import type { Deps } from '../../src/commands/deps'
import { attachFile } from '../../src/commands/documents/attach-file'
import { createDraft } from '../../src/commands/documents/create-draft'
import { finaliseDocument } from '../../src/commands/documents/finalise-document'
import { addSuppression } from '../../src/commands/sends/add-suppression'
import { recordEvents } from '../../src/commands/sends/record-events'
import { sendDocument } from '../../src/commands/sends/send-document'
import { mailKey } from '../../src/commands/stored-mail'
import { addLanguage } from '../../src/commands/translations/add-language'
import { createEndpoint } from '../../src/commands/webhooks/create-endpoint'
import { testEndpoint } from '../../src/commands/webhooks/test-endpoint'
import { contactOf } from './accounts'
import { type Merchant, signUp } from './client'
import { insertConnection } from './connections'
import { row } from './database'
import { testDeps } from './deps'
import { contentOf } from './documents'
import { FILES } from './files'
import { invite } from './invitations'
import { plainPng } from './pictures'

export interface Belongings {
  contactId: string
  /** Without documents, and with a likely typo in its address. */
  unusedContactId: string
  draftId: string
  /** An import of one contact, checked and not run. */
  importId: string
  /** Issued, never sent. */
  finalId: string
  /** Issued, with a send that is still waiting. */
  sentId: string
  sendId: string
  deliveryId: string
  /** Issued and mailed: the mail can be looked at. */
  mailedId: string
  mailId: string
  /** A file of the document that was never sent. */
  attachmentId: string
  /** SHA-256 of the logo that its documents show. */
  logo: string
  /** Issued and mailed; the mail bounced. */
  bouncedId: string
  bouncedMailId: string
  /** A suppressed address. */
  blockedAddress: string
  /** Ready and not confirmed; confirmed, with mails that wait to leave. */
  bulkId: string
  confirmedBulkId: string
  /** An open invitation. */
  invitationId: string
  /** A custom language with English texts. */
  language: string
  /** A viewer of the same account. */
  colleagueId: string
  apiKeyId: string
  /** An endpoint for events, and an event that it took. */
  webhookId: string
  webhookEventId: string
  /** A text that all of them contain, and nothing else. */
  secret: string
}

let count = 0

export async function belongingsOf(owner: Merchant): Promise<Belongings> {
  const deps = testDeps()
  const { accountId, userId: actor } = owner
  count += 1
  const secret = `Secret customer ${count}`
  const contactId = deps.newId('con')
  const saved = await saveLogo(deps, { accountId, actor, bytes: plainPng(30, 10, { red: count % 256 }) })
  if (!saved.ok) throw new Error(saved.reason)
  await createContact(deps, { accountId, id: contactId, contact: contactOf({ name: secret }) })
  const unusedContactId = deps.newId('con')
  const unused = contactOf({ name: `${secret}, unused`, emails: ['typo@gmial.com'] })
  await createContact(deps, { accountId, id: unusedContactId, contact: unused })
  await insertConnection(accountId, deps.newId('mcn'))
  const importId = await checkedImport(deps, owner, secret)
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
  const [draftId, finalId, sentId, mailedId] = [await draft(), await final(), await final(), await final()]
  const file = { name: `${secret}.csv`, bytes: FILES.csv, isPublic: false }
  const attached = await attachFile(deps, { accountId, actor, documentId: finalId, id: deps.newId('att'), ...file })
  if (!attached.ok) throw new Error(attached.reason)
  const { sendId, deliveryId } = await send(deps, owner, sentId)
  const { deliveryId: mailId } = await send(deps, owner, mailedId)
  const bouncedId = await final()
  const { deliveryId: bouncedMailId } = await send(deps, owner, bouncedId)
  await bounce(deps, bouncedMailId)
  const blockedAddress = `blocked-${count}@example.org`
  await addSuppression(deps, { accountId, actor, address: blockedAddress })
  await keepMail(accountId, mailId, secret)
  const bulk = async () => {
    const id = deps.newId('blk')
    const source = { from: 'chosen' as const, ids: [await final()] }
    await createBulkSend(deps, { accountId, userId: actor, id, source, test: false })
    return id
  }
  const [bulkId, confirmedBulkId] = [await bulk(), await bulk()]
  await confirmBulkSend(deps, { accountId, userId: actor, id: confirmedBulkId, leftOut: 0 })
  const { email } = await invite(owner, { role: 'viewer' })
  const invitation = await row<{ id: string }>('SELECT id FROM invitations WHERE email = ?', email)
  const { userId: colleagueId } = await signUp({ accountId, role: 'viewer' })
  return {
    ...{
      contactId,
      unusedContactId,
      importId,
      draftId,
      finalId,
      sentId,
      sendId,
      deliveryId,
      mailedId,
      mailId,
      bouncedId,
      bouncedMailId,
      blockedAddress,
      colleagueId,
      bulkId,
      confirmedBulkId,
      secret,
    },
    apiKeyId: await makeApiKey(deps, owner),
    ...(await makeWebhook(deps, owner, secret)),
    invitationId: invitation.id,
    language: await addCustomLanguage(deps, owner),
    logo: saved.value.sha256,
    attachmentId: attached.value.id,
  }
}

async function makeApiKey(deps: Deps, { accountId, userId: actor }: Merchant): Promise<string> {
  const id = deps.newId('key')
  await createApiKey(deps, { accountId, actor, id, name: 'Shop', scopes: ['read'], test: false })
  return id
}

async function makeWebhook(deps: Deps, { accountId, userId: actor }: Merchant, description: string) {
  const webhookId = deps.newId('whe')
  const endpoint = { url: 'http://localhost/events', description, events: ['document.paid' as const], test: false }
  await createEndpoint(deps, { accountId, actor, id: webhookId, ...endpoint })
  const event = await testEndpoint(deps, { accountId, id: webhookId })
  if (!event.ok) throw new Error(event.reason)
  // As if it had been taken, so that no tick posts it.
  await env.DB.prepare("UPDATE webhook_calls SET state = 'done', due_at = NULL WHERE event_id = ?")
    .bind(event.value)
    .run()
  return { webhookId, webhookEventId: event.value }
}

async function checkedImport(deps: Deps, { accountId, userId: actor }: Merchant, secret: string): Promise<string> {
  const bytes = new TextEncoder().encode(`Name\n${secret}, imported\n`)
  const upload = { accountId, actor, id: deps.newId('imp'), fileName: `${secret}.csv`, bytes }
  const uploaded = await uploadContacts(deps, upload)
  if (!uploaded.ok) throw new Error(uploaded.reason)
  await checkImport(deps, { accountId, id: uploaded.value.id }, { columns: ['name'], matchBy: 'none' })
  return uploaded.value.id
}

async function send(deps: Deps, { accountId, userId }: Merchant, documentId: string) {
  const sendId = deps.newId('snd')
  const sent = await sendDocument(deps, {
    ...{ accountId, userId, documentId, sendId, origin: 'manual', version: 2, scheduledFor: null },
    ...{ recipients: ['anna@krueger.example'], language: 'en', subject: null, body: null, attachPdf: false },
  })
  if (!sent.ok) throw new Error(sent.reason)
  const { id: deliveryId } = await row<{ id: string }>('SELECT id FROM deliveries WHERE send_id = ?', sendId)
  return { sendId, deliveryId }
}

/** Adds a language that no other account has. */
async function addCustomLanguage(deps: Deps, { accountId, userId: actor }: Merchant): Promise<string> {
  const tag = `pl-own${String(count).padStart(5, '0')}`
  const added = await addLanguage(deps, { accountId, actor, tag, copyOf: 'en' })
  if (!added.ok) throw new Error(added.reason)
  return added.value
}

/** Records the event of a provider that gave the mail up. */
async function bounce(deps: Deps, deliveryId: string): Promise<void> {
  await env.DB.prepare("UPDATE deliveries SET status = 'sent', rank = 4, due_at = NULL, attempt = 1 WHERE id = ?")
    .bind(deliveryId)
    .run()
  const event = { key: deliveryId, class: 'bounced_soft', deliveryId, attempt: 1, at: deps.now(), text: '' } as const
  await recordEvents(deps, { connection: 'deployment', events: [event] })
}

/** Stores the mail of a delivery, as an attempt does. */
async function keepMail(accountId: string, deliveryId: string, text: string): Promise<void> {
  const mime = new Blob([`From: a@example.org\r\nSubject: ${text}\r\n\r\n${text}\r\n`])
  const gzipped = mime.stream().pipeThrough(new CompressionStream('gzip'))
  await env.BUCKET.put(mailKey(accountId, deliveryId), await new Response(gzipped).arrayBuffer())
  await env.DB.prepare(
    "UPDATE deliveries SET status = 'delivered', rank = 6, due_at = NULL, attempt = 1, link_hash = id WHERE id = ?",
  )
    .bind(deliveryId)
    .run()
}
