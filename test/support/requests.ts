/** Lists a request for every route, for tests of the whole route table. A new route needs an entry here. */
import { env } from 'cloudflare:test'
import { expect } from 'vitest'
import { exportKey } from '../../src/commands/accounts/account-folders'
import { routes } from '../../src/routes'
import type { Belongings } from './belongings'
import { type FormFields, formFields, type Merchant } from './client'
import { FILES, fileOf } from './files'
import { plainPng } from './pictures'
import { OWNERS_ONLY } from './shared-world'

export interface Ask {
  path: string
  fields?: FormFields
  /** Files of a multipart form. */
  files?: Record<string, File>
}

export type Request = (owner: Merchant, its: Belongings) => Ask | Promise<Ask>

/** Returns the form with this action on one of the owner's pages, as a browser would post it. */
async function form(owner: Merchant, page: string, action: string, change: FormFields = {}): Promise<Ask> {
  const shown = await owner.get(page)
  expect(shown.status, page).toBe(200)
  return { path: action, fields: { ...(await formFields(shown, action)), ...change } }
}

/** Requests with the id of something that belongs to the account. */
export const NAMED: Record<string, Request> = {
  'GET /contacts/:id': (_, its) => ({ path: routes.contact(its.contactId) }),
  'POST /settings/api/:id/revocation': (_, its) => ({ path: routes.apiKeyRevocation(its.apiKeyId), fields: {} }),
  'GET /settings/webhooks/:id': (_, its) => ({ path: routes.webhook(its.webhookId) }),
  'POST /settings/webhooks/:id': (owner, its) =>
    form(owner, routes.webhook(its.webhookId), routes.webhook(its.webhookId)),
  'POST /settings/webhooks/:id/activation': (_, its) => ({
    path: routes.webhookActivation(its.webhookId),
    fields: { enabled: '' },
  }),
  'POST /settings/webhooks/:id/secrets': (_, its) => ({ path: routes.webhookSecrets(its.webhookId), fields: {} }),
  'POST /settings/webhooks/:id/tests': (_, its) => ({ path: routes.webhookTests(its.webhookId), fields: {} }),
  'POST /settings/webhooks/:id/removal': (_, its) => ({ path: routes.webhookRemoval(its.webhookId), fields: {} }),
  'POST /settings/webhooks/:id/calls/:eventId/repeats': (_, its) => ({
    path: routes.webhookRepeats(its.webhookId, its.webhookEventId),
    fields: {},
  }),
  'GET /contacts/:id/edit': (_, its) => ({ path: routes.contactEdit(its.contactId) }),
  'POST /contacts/:id': (owner, its) => form(owner, routes.contactEdit(its.contactId), routes.contact(its.contactId)),
  'GET /contacts/:id/deletion': (_, its) => ({ path: routes.contactDeletion(its.contactId) }),
  'POST /contacts/:id/deletion': (_, its) => ({ path: routes.contactDeletion(its.unusedContactId), fields: {} }),
  'POST /contacts/:id/corrections': (_, its) => ({
    path: routes.contactCorrections(its.unusedContactId),
    fields: { address: 'typo@gmial.com' },
  }),
  'GET /contacts/imports/:id': (_, its) => ({ path: routes.contactImport(its.importId) }),
  'POST /contacts/imports/:id/checks': (owner, its) =>
    form(owner, `${routes.contactImport(its.importId)}?columns`, routes.contactImportChecks(its.importId)),
  'POST /contacts/imports/:id/runs': (owner, its) =>
    form(owner, routes.contactImport(its.importId), routes.contactImportRuns(its.importId)),
  'GET /contacts/:id/data': (_, its) => ({ path: routes.contactData(its.contactId) }),
  'GET /contacts/:id/forgetting': (_, its) => ({ path: routes.contactForgetting(its.contactId) }),
  'POST /contacts/:id/forgetting': (_, its) => ({ path: routes.contactForgetting(its.unusedContactId), fields: {} }),
  'GET /contacts/:id/merging': (_, its) => ({ path: `${routes.contactMerging(its.contactId)}?q=Secret` }),
  'POST /contacts/:id/merging': (owner, its) =>
    form(
      owner,
      `${routes.contactMerging(its.contactId)}?with=${its.unusedContactId}`,
      routes.contactMerging(its.contactId),
    ),
  'POST /contacts/:id/separation': (_, its) => ({ path: routes.contactSeparation(its.contactId), fields: {} }),
  'POST /contacts/:id/archive': (_, its) => ({ path: routes.contactArchive(its.contactId), fields: {} }),
  'POST /contacts/:id/restoration': (_, its) => ({ path: routes.contactRestoration(its.contactId), fields: {} }),
  'GET /documents/:id': (_, its) => ({ path: routes.document(its.sentId) }),
  'GET /documents/:id/pdf': (_, its) => ({ path: routes.documentPdf(its.finalId) }),
  'GET /documents/:id/edit': (_, its) => ({ path: routes.documentEdit(its.draftId) }),
  'POST /documents/:id': (owner, its) => form(owner, routes.documentEdit(its.draftId), routes.document(its.draftId)),
  'GET /documents/:id/deletion': (_, its) => ({ path: routes.documentDeletion(its.draftId) }),
  'POST /documents/:id/deletion': (_, its) => ({ path: routes.documentDeletion(its.draftId), fields: {} }),
  'POST /documents/:id/finalisation': (_, its) => ({
    path: routes.documentFinalisation(its.draftId),
    fields: { version: '1' },
  }),
  'POST /documents/:id/payment': (_, its) => ({
    path: routes.documentPayment(its.finalId),
    fields: { paidOn: new Date().toISOString().slice(0, 10) },
  }),
  'POST /documents/:id/payment/reversal': (_, its) => ({
    path: routes.documentPaymentReversal(its.finalId),
    fields: {},
  }),
  'POST /documents/:id/copies': (_, its) => ({ path: routes.documentCopy(its.finalId), fields: {} }),
  'GET /documents/:id/credit-notes/new': (_, its) => ({ path: routes.newCreditNote(its.finalId) }),
  'POST /documents/:id/credit-notes': (_, its) => ({ path: routes.documentCreditNotes(its.finalId), fields: {} }),
  'POST /documents/:id/links': (_, its) => ({ path: routes.documentLinks(its.sentId), fields: {} }),
  'POST /documents/:id/attachments': (_, its) => ({
    path: routes.documentAttachments(its.finalId),
    fields: {},
    files: { file: fileOf(FILES.csv, 'hours.csv') },
  }),
  'GET /documents/:id/attachments/:attachmentId': (_, its) => ({
    path: routes.documentAttachment(its.finalId, its.attachmentId),
  }),
  'POST /documents/:id/attachments/:attachmentId/publication': (_, its) => ({
    path: routes.attachmentPublication(its.finalId, its.attachmentId),
    fields: { public: 'on' },
  }),
  'POST /documents/:id/attachments/:attachmentId/removal': (_, its) => ({
    path: routes.attachmentRemoval(its.finalId, its.attachmentId),
    fields: {},
  }),
  'GET /documents/:id/sends': (_, its) => ({ path: routes.sends(its.sentId) }),
  'GET /documents/:id/sends/new': (_, its) => ({ path: routes.newSend(its.finalId) }),
  'POST /documents/:id/sends': (owner, its) => form(owner, routes.newSend(its.finalId), routes.sends(its.finalId)),
  'GET /documents/:id/sends/preview': (_, its) => ({ path: routes.sendPreview(its.finalId) }),
  'POST /documents/:id/sends/preview': async (owner, its) => ({
    ...(await form(owner, routes.newSend(its.finalId), routes.sends(its.finalId))),
    path: routes.sendPreview(its.finalId),
  }),
  'POST /documents/:id/sends/:sendId/cancellation': (_, its) => ({
    path: routes.sendCancellation(its.sentId, its.sendId),
    fields: {},
  }),
  'GET /documents/:id/sends/:sendId/schedule': (_, its) => ({ path: routes.sendSchedule(its.sentId, its.sendId) }),
  'POST /documents/:id/sends/:sendId/schedule': (owner, its) =>
    form(owner, routes.sendSchedule(its.sentId, its.sendId), routes.sendSchedule(its.sentId, its.sendId)),
  'GET /documents/:id/deliveries/:deliveryId/mail': (_, its) => ({
    path: routes.deliveryMail(its.mailedId, its.mailId),
  }),
  'GET /documents/:id/deliveries/:deliveryId/mail/html': (_, its) => ({
    path: routes.deliveryMailHtml(its.mailedId, its.mailId),
  }),
  'GET /documents/:id/deliveries/:deliveryId/mail.eml': (_, its) => ({
    path: routes.deliveryMailFile(its.mailedId, its.mailId),
  }),
  'GET /translations/:language': (_, its) => ({ path: routes.languageTexts(its.language) }),
  'GET /translations/:language/deletion': (_, its) => ({ path: routes.languageDeletion(its.language) }),
  'POST /translations/:language/deletion': (_, its) => ({ path: routes.languageDeletion(its.language), fields: {} }),
  'GET /translations/:language/labels': (_, its) => ({ path: routes.labels(its.language) }),
  'POST /translations/:language/labels': (owner, its) =>
    form(owner, routes.labels(its.language), routes.labels(its.language)),
  'GET /translations/:language/:kind': (_, its) => ({ path: routes.translation(its.language, 'invoice') }),
  'POST /translations/:language/:kind': (owner, its) =>
    form(owner, routes.translation(its.language, 'invoice'), routes.translation(its.language, 'invoice')),
  'POST /translations/:language/:kind/default': (_, its) => ({
    path: routes.translationDefault(its.language, 'invoice'),
    fields: { version: '1' },
  }),
  'GET /translations/:language/:kind/preview': (_, its) => ({
    path: routes.translationPreview(its.language, 'invoice'),
  }),
  'POST /translations/:language/:kind/preview': (_, its) => ({
    path: routes.translationPreview(its.language, 'invoice'),
    fields: { subject: 'Invoice', body: 'Hello' },
  }),
  'POST /translations/:language/:kind/tests': (_, its) => ({
    path: routes.translationTests(its.language, 'invoice'),
    fields: { subject: 'Invoice', body: 'Hello' },
  }),
  'GET /logos/:sha256': (_, its) => ({ path: routes.logo(its.logo) }),
  'GET /documents/:id/deliveries/:deliveryId/correction': (_, its) => ({
    path: routes.deliveryCorrection(its.bouncedId, its.bouncedMailId),
  }),
  'POST /documents/:id/deliveries/:deliveryId/correction': (owner, its) => {
    const path = routes.deliveryCorrection(its.bouncedId, its.bouncedMailId)
    return form(owner, path, path, { address: 'right@krueger.example' })
  },
  'POST /documents/:id/deliveries/:deliveryId/repeats': (_, its) => ({
    path: routes.deliveryRepeats(its.bouncedId, its.bouncedMailId),
    fields: {},
  }),
  'POST /documents/:id/deliveries/:deliveryId/exceptions': (_, its) => ({
    path: routes.deliveryExceptions(its.bouncedId, its.bouncedMailId),
    fields: {},
  }),
  'POST /documents/:id/deliveries/:deliveryId/dismissal': (_, its) => ({
    path: routes.deliveryDismissal(its.bouncedId, its.bouncedMailId),
    fields: { aside: 'yes' },
  }),
  'GET /suppressions/release': (_, its) => ({
    path: `${routes.suppressionRelease}?${new URLSearchParams({ address: its.blockedAddress })}`,
  }),
  'POST /suppressions/release': (_, its) => ({
    path: routes.suppressionRelease,
    fields: { address: its.blockedAddress, reason: 'manual' },
  }),
  'POST /settings/stripe/events/:id/credit-notes': async (owner, its) => ({
    path: routes.stripeCreditNotes(await lostDispute(owner, its)),
    fields: {},
  }),
  'POST /settings/stripe/events/:id/replay': async (owner) => ({
    path: routes.stripeReplay(await unmappedEvent(owner)),
    fields: {},
  }),
  'GET /bulk-sends/:id': (_, its) => ({ path: routes.bulkSend(its.bulkId) }),
  'GET /bulk-sends/:id/progress': (_, its) => ({ path: routes.bulkSendProgress(its.confirmedBulkId) }),
  'GET /bulk-sends/:id/documents': (_, its) => ({ path: routes.bulkSendDocuments(its.confirmedBulkId) }),
  'GET /bulk-sends/:id/results.csv': (_, its) => ({ path: routes.bulkSendResults(its.confirmedBulkId) }),
  'POST /bulk-sends/:id/steps': (_, its) => ({ path: routes.bulkSendSteps(its.bulkId), fields: {} }),
  'POST /bulk-sends/:id/confirmation': (owner, its) =>
    form(owner, routes.bulkSend(its.bulkId), routes.bulkSendConfirmation(its.bulkId)),
  'POST /bulk-sends/:id/cancellation': (_, its) => ({
    path: routes.bulkSendCancellation(its.confirmedBulkId),
    fields: {},
  }),
  'POST /bulk-sends/:id/retries': (_, its) => ({ path: routes.bulkSendRetries(its.confirmedBulkId), fields: {} }),
  'POST /accounts/active': ({ accountId }) => ({ path: routes.activeAccount, fields: { accountId } }),
  'POST /settings/people/invitations/:id/mails': (_, its) => ({
    path: routes.invitationMails(its.invitationId),
    fields: {},
  }),
  'POST /settings/people/invitations/:id/cancellation': (_, its) => ({
    path: routes.invitationCancellation(its.invitationId),
    fields: {},
  }),
  'POST /settings/people/:userId/role': (_, its) => ({
    path: routes.memberRole(its.colleagueId),
    fields: { role: 'member' },
  }),
  'POST /settings/people/:userId/removal': (_, its) => ({ path: routes.memberRemoval(its.colleagueId), fields: {} }),
}

/** Inserts a Stripe event that could not be mapped, and returns its id. */
async function unmappedEvent({ accountId }: Merchant): Promise<string> {
  const id = `evt_${accountId}`
  await env.DB.prepare(
    "INSERT OR IGNORE INTO stripe_events VALUES (?, ?, 'charge.succeeded', 'ch_1', 0, 1, 1, 'unmapped', 'fields_missing', NULL, NULL, 1, '{}', NULL)",
  )
    .bind(accountId, id)
    .run()
  return id
}

/** Inserts an event about a lost dispute of a document, without an amount. */
async function lostDispute({ accountId }: Merchant, { finalId }: Belongings): Promise<string> {
  const id = `evt_dispute_${accountId}`
  const object = { id: `dp_${accountId}`, payment_intent: `pi_${accountId}`, status: 'lost' }
  const body = JSON.stringify({ id, type: 'charge.dispute.closed', data: { object } })
  await env.DB.batch([
    env.DB.prepare('INSERT OR IGNORE INTO stripe_objects (account_id, id, target_id, at) VALUES (?, ?, ?, 1)').bind(
      accountId,
      `pi_${accountId}`,
      finalId,
    ),
    env.DB.prepare(
      "INSERT OR IGNORE INTO stripe_events VALUES (?, ?, 'charge.dispute.closed', 'dp_1', 0, 1, 1, 'unmapped', 'dispute_lost', ?, NULL, 1, ?, NULL)",
    ).bind(accountId, id, finalId, body),
  ])
  return id
}

/** Requests without ids: each account sees and changes its data. */
export const OWN: Record<string, Request> = {
  'GET /contacts': () => ({ path: routes.contacts }),
  'GET /contacts/imports/new': () => ({ path: routes.newContactImport }),
  'POST /contacts/imports': async (owner) => ({
    ...(await form(owner, routes.newContactImport, routes.contactImports)),
    files: { file: new File(['Name\nSomebody new\n'], 'new.csv') },
  }),
  'GET /contacts/export': () => ({ path: routes.contactExport }),
  'GET /contacts/suggestions': () => ({ path: `${routes.contactSuggestions}?emails=anna@gmial.com` }),
  'GET /contacts/new': () => ({ path: routes.newContact }),
  'POST /contacts': (owner) => form(owner, routes.newContact, routes.contacts, { name: 'Somebody new', country: 'FR' }),
  'GET /documents': () => ({ path: routes.documents }),
  'GET /documents/new': () => ({ path: routes.newDocument }),
  'POST /documents/form': async (owner) => ({
    ...(await form(owner, routes.newDocument, routes.documents, { act: 'line:add' })),
    path: routes.documentForm,
  }),
  'POST /documents': (owner) =>
    form(owner, routes.newDocument, routes.documents, {
      newContact: 'on',
      'contact.name': 'Somebody new',
      'contact.country': 'FR',
      'contact.kind': 'company',
      'lines.0.description': 'Paper',
      'lines.0.quantity': '1',
      'lines.0.unitPrice': '1',
    }),
  'GET /bulk-sends': () => ({ path: routes.bulkSends }),
  'POST /bulk-sends': (_, its) => ({ path: routes.bulkSends, fields: { document: its.finalId } }),
  'GET /accounts/new': () => ({ path: routes.newAccount }),
  'POST /accounts': (owner) =>
    form(owner, routes.newAccount, routes.accounts, { legalName: 'Another business', country: 'FR' }),
  'GET /translations': () => ({ path: routes.translations }),
  'POST /translations': (owner) => form(owner, routes.translations, routes.translations, { tag: 'nl' }),
  'GET /deliveries': () => ({ path: routes.deliveries }),
  'GET /deliveries/deliverability': () => ({ path: routes.deliverability }),
  'GET /deliveries/export': () => ({ path: routes.deliveryExport }),
  'GET /problems': () => ({ path: routes.problems }),
  'GET /suppressions/export': () => ({ path: routes.suppressionExport }),
  'GET /suppressions': () => ({ path: routes.suppressions }),
  'POST /suppressions': (owner) =>
    form(owner, routes.suppressions, routes.suppressions, { address: 'blocked@example.org' }),
  'GET /settings': () => ({ path: routes.settings }),
  'GET /settings/company': () => ({ path: routes.companySettings }),
  'POST /settings/company': (owner) => form(owner, routes.companySettings, routes.companySettings),
  'POST /settings/company/reply-address/confirmations': async ({ accountId }) => {
    // Uses a new address each time, since a mailbox gets at most three mails a minute.
    await env.DB.prepare("UPDATE accounts SET company = json_set(company, '$.email', ?) WHERE id = ?")
      .bind(`${accountId}@example.org`, accountId)
      .run()
    return { path: routes.replyAddressConfirmations, fields: {} }
  },
  'GET /settings/documents': () => ({ path: routes.documentSettings }),
  'POST /settings/documents': (owner) => form(owner, routes.documentSettings, routes.documentSettings),
  'GET /settings/logo': () => ({ path: routes.logoSettings }),
  'POST /settings/logo': () => ({ path: routes.logoSettings, files: { logo: fileOf(plainPng(), 'logo.png') } }),
  'POST /settings/logo/removal': () => ({ path: routes.logoRemoval, fields: {} }),
  'GET /settings/taxes': () => ({ path: routes.taxSettings }),
  'POST /settings/taxes': (owner) => form(owner, routes.taxSettings, routes.taxSettings),
  'GET /settings/numbers': () => ({ path: routes.numberSettings }),
  'POST /settings/numbers': (owner) => form(owner, routes.numberSettings, routes.numberSettings),
  'GET /settings/numbers/example': () => ({ path: `${routes.numberExample}?invoice.pattern=%7BYYYY%7D-%7B0000%7D` }),
  'GET /settings/mail': () => ({ path: routes.mailSettings }),
  'POST /settings/mail': (owner) => form(owner, routes.mailSettings, routes.mailSettings),
  'GET /settings/mail-provider': () => ({ path: routes.providers }),
  'GET /settings/mail-provider/:place': () => ({ path: `${routes.provider('first')}?kind=resend` }),
  'POST /settings/mail-provider/:place': () => ({
    path: `${routes.provider('first')}?kind=resend`,
    fields: { from: 'billing@shop.example', apiKey: 're_1', hookSecret: '' },
  }),
  'POST /settings/mail-provider/:place/tests': () => ({ path: routes.providerTests('first'), fields: {} }),
  'POST /settings/mail-provider/:place/removal': () => ({ path: routes.providerRemoval('first'), fields: {} }),
  'GET /settings/api': () => ({ path: routes.apiSettings }),
  'POST /settings/api': () => ({
    path: routes.apiSettings,
    fields: { name: 'Shop', mode: 'live', read: 'on' },
  }),
  'GET /settings/webhooks': () => ({ path: routes.webhookSettings }),
  'POST /settings/webhooks': () => ({
    path: routes.webhookSettings,
    fields: { url: 'http://localhost/events', mode: 'live', 'document.paid': 'on' },
  }),
  'GET /settings/sender-address': () => ({ path: routes.senderSettings }),
  'POST /settings/sender-address': () => ({ path: routes.senderSettings, fields: { address: 'billing@shop.example' } }),
  'POST /settings/sender-address/checks': () => ({ path: routes.senderChecks, fields: {} }),
  'POST /settings/sender-address/removal': () => ({ path: routes.senderRemoval, fields: {} }),
  'POST /settings/sender-address/keys': () => ({ path: routes.senderKeys, fields: {} }),
  'POST /settings/sender-address/keys/:selector/removal': () => ({
    path: routes.senderKeyRemoval('facteur-one'),
    fields: {},
  }),
  'GET /settings/stripe': () => ({ path: routes.stripeSettings }),
  'POST /settings/stripe': () => ({ path: routes.stripeSettings, fields: { liveSecret: 'whsec_1' } }),
  'POST /settings/stripe/connection': () => ({ path: routes.stripeConnection, fields: {} }),
  'POST /settings/stripe/disconnection': () => ({ path: routes.stripeDisconnection, fields: {} }),
  'POST /settings/stripe/tax': (owner) => form(owner, routes.stripeSettings, routes.stripeTax),
  'GET /settings/stripe/events': () => ({ path: routes.stripeEvents }),
  'GET /settings/people': () => ({ path: routes.peopleSettings }),
  'POST /settings/people/invitations': (owner, its) =>
    form(owner, routes.peopleSettings, routes.invitations, { email: `${its.invitationId}@example.org` }),
  'POST /settings/people/departure': () => ({ path: routes.departure, fields: {} }),
  'GET /settings/retention': () => ({ path: routes.retentionSettings }),
  'POST /settings/retention': (owner) => form(owner, routes.retentionSettings, routes.retentionSettings),
  'GET /settings/closing': () => ({ path: routes.closing }),
  'POST /settings/closing': () => ({ path: routes.closing, fields: {} }),
  'POST /settings/mail/resumption': () => ({ path: routes.sendingResumption, fields: {} }),
  'POST /settings/closing/revocation': () => ({ path: routes.closingRevocation, fields: {} }),
  'GET /settings/closing/exports/:part': async ({ accountId }) => {
    await env.BUCKET.put(exportKey(accountId, 1), OWNERS_ONLY)
    return { path: routes.closingExport('1') }
  },
  'GET /settings/audit': () => ({ path: routes.auditList }),
  'GET /settings/you': () => ({ path: routes.personalSettings }),
  'POST /test-mode': () => ({ path: routes.testMode, fields: { on: '1' } }),
  'POST /settings/you': (owner) => form(owner, routes.personalSettings, routes.personalSettings),
  'POST /settings/you/fresh-sign-in': () => ({ path: routes.freshSignIn, fields: {} }),
  'GET /settings/you/sessions': () => ({ path: routes.sessions }),
  'POST /settings/you/sessions/removal': () => ({ path: routes.sessionRemoval, fields: { id: 'none' } }),
  'POST /settings/you/sessions/others/removal': () => ({ path: routes.otherSessionsRemoval, fields: {} }),
  'POST /settings/you/passkeys/challenges': () => ({ path: routes.passkeyChallenges, fields: {} }),
  'POST /settings/you/passkeys': () => ({ path: routes.passkeys, fields: { credential: '{}', passkeyName: 'Laptop' } }),
  'POST /settings/you/passkeys/removal': () => ({ path: routes.passkeyRemoval, fields: { id: 'none' } }),
}

/** Routes that are public, or authorised by the token in their path. */
export const PUBLIC = [
  'GET /',
  'GET /docs',
  'GET /docs/:slug',
  'GET /docs/errors',
  'GET /healthz',
  'GET /sign-in',
  'POST /sign-in',
  'GET /sign-in/sent',
  'GET /sign-in/links/:token',
  'POST /sign-in/links/:token',
  'GET /sign-in/confirmed',
  'POST /sign-in/challenges',
  'POST /sign-in/passkeys',
  'POST /sign-out',
  'GET /welcome',
  'POST /welcome',
  'GET /invitations/:token',
  'POST /invitations/:token',
  'GET /reply-address/:token',
  'POST /reply-address/:token',
  'POST /webhooks/stripe/:hook',
  'POST /webhooks/inbound/:hook',
  'POST /webhooks/:kind/:hook',
  'GET /d/:token',
  'GET /d/:token/attachments/:attachmentId',
  'GET /d/:token/logo',
  'GET /d/:token/pdf',
  'POST /d/:token/views',
  'POST /d/:token/downloads',
  'POST /d/:token/fresh-links',
  'GET /d/:token/unsubscription',
  'POST /d/:token/unsubscription',
]

/** Requests with another account's id in the body or query, which must not show or change its data. */
export const FOREIGN: Record<string, (thief: Merchant, victim: Belongings) => Ask | Promise<Ask>> = {
  'a contact list that starts at another account’s contact': (_, victim) => ({
    path: `${routes.contacts}?after=a|${victim.contactId}`,
  }),
  'a text tried on another account’s document': (_, victim) => ({
    path: `${routes.translationPreview('en', 'invoice')}?document=${victim.finalId}`,
  }),
  'a bulk send of another account’s documents': async (thief, victim) => {
    const made = await thief.post(routes.bulkSends, { document: victim.finalId })
    return { path: made.headers.get('location') ?? '' }
  },
  'a bulk send under the id of another account’s': (_, victim) => ({
    path: routes.bulkSends,
    fields: { document: victim.finalId, bulkId: victim.bulkId },
  }),
  'a merge with another account’s contact': async (thief, victim) => {
    const made = await form(thief, routes.newContact, routes.contacts, { name: 'Mine', country: 'FR' })
    await ask(thief, made)
    const fields = { with: victim.contactId, keptVersion: '1', otherVersion: '1' }
    return { path: routes.contactMerging(made.fields?.id ?? ''), fields }
  },
  'a new contact under the id of another account’s contact': (thief, victim) =>
    form(thief, routes.newContact, routes.contacts, { id: victim.contactId, name: 'Stolen', country: 'FR' }),
}

export const ask = (who: Merchant, { path, fields, files }: Ask): Promise<Response> =>
  files ? who.upload(path, { ...fields, ...files }) : fields ? who.post(path, fields) : who.get(path)
