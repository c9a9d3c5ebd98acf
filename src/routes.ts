/**
 * Builds every URL as a typed path. URLs are nouns: an action is named for what it creates (`POST /documents/:id/sends`).
 * With a parameter in place of a value, a builder returns the pattern to mount, which gives Hono the parameter's type: `routes.document(':id')`.
 */

export const routes = {
  home: '/',
  healthz: '/healthz',

  signIn: '/sign-in',
  signInSent: '/sign-in/sent',
  /** GET shows one button; POST spends the token. */
  signInLink: <A extends string>(token: A) => `/sign-in/links/${token}` as const,
  /** POST returns a challenge for the device to sign, as JSON for the page's script. */
  signInChallenges: '/sign-in/challenges',
  signInPasskeys: '/sign-in/passkeys',
  /** Opened by the link that confirms a change. The change itself waits in another tab. */
  signInConfirmed: '/sign-in/confirmed',
  signOut: '/sign-out',
  welcome: '/welcome',
  /** GET shows one button; POST joins the account. */
  invitation: <A extends string>(token: A) => `/invitations/${token}` as const,
  accounts: '/accounts',
  newAccount: '/accounts/new',
  /** POST changes the account that this session works in. */
  activeAccount: '/accounts/active',
  /** POST switches this browser to test documents, or back. */
  testMode: '/test-mode',

  documents: '/documents',
  newDocument: '/documents/new',
  /** POST returns the form, changed by one of its buttons, without saving it. */
  documentForm: '/documents/form',
  document: <A extends string>(id: A) => `/documents/${id}` as const,
  documentEdit: <A extends string>(id: A) => `/documents/${id}/edit` as const,
  documentPdf: <A extends string>(id: A) => `/documents/${id}/pdf` as const,
  documentFinalisation: <A extends string>(id: A) => `/documents/${id}/finalisation` as const,
  documentDeletion: <A extends string>(id: A) => `/documents/${id}/deletion` as const,
  documentPayment: <A extends string>(id: A) => `/documents/${id}/payment` as const,
  documentPaymentReversal: <A extends string>(id: A) => `/documents/${id}/payment/reversal` as const,
  documentCopy: <A extends string>(id: A) => `/documents/${id}/copies` as const,
  /** POST creates and finalises a credit note for the amount that was not credited yet. */
  documentCreditNotes: <A extends string>(id: A) => `/documents/${id}/credit-notes` as const,
  newCreditNote: <A extends string>(id: A) => `/documents/${id}/credit-notes/new` as const,
  documentLinks: <A extends string>(id: A) => `/documents/${id}/links` as const,
  documentAttachments: <A extends string>(id: A) => `/documents/${id}/attachments` as const,
  documentAttachment: <A extends string, B extends string>(id: A, attachmentId: B) =>
    `/documents/${id}/attachments/${attachmentId}` as const,
  /** POST shows the attachment on the customer's page, or hides it. */
  attachmentPublication: <A extends string, B extends string>(id: A, attachmentId: B) =>
    `/documents/${id}/attachments/${attachmentId}/publication` as const,
  attachmentRemoval: <A extends string, B extends string>(id: A, attachmentId: B) =>
    `/documents/${id}/attachments/${attachmentId}/removal` as const,
  newSend: <A extends string>(documentId: A) => `/documents/${documentId}/sends/new` as const,
  sends: <A extends string>(documentId: A) => `/documents/${documentId}/sends` as const,
  sendPreview: <A extends string>(documentId: A) => `/documents/${documentId}/sends/preview` as const,
  sendCancellation: <A extends string, B extends string>(documentId: A, sendId: B) =>
    `/documents/${documentId}/sends/${sendId}/cancellation` as const,
  sendSchedule: <A extends string, B extends string>(documentId: A, sendId: B) =>
    `/documents/${documentId}/sends/${sendId}/schedule` as const,
  deliveryMail: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/mail` as const,
  /** GET returns the HTML of the mail, for a sandboxed frame. */
  deliveryMailHtml: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/mail/html` as const,
  /** GET returns the whole mail as a file. */
  deliveryMailFile: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/mail.eml` as const,

  /** POST replaces an address that failed, and sends what was not delivered to the new one. */
  deliveryCorrection: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/correction` as const,
  /** POST sends the same mail to the same address again. */
  deliveryRepeats: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/repeats` as const,
  /** POST sends once although the recipient has unsubscribed. */
  deliveryExceptions: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/exceptions` as const,
  /** POST marks a problem as settled, or as open again. */
  deliveryDismissal: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/dismissal` as const,

  /** Deliveries of all documents. */
  deliveries: '/deliveries',
  deliveryExport: '/deliveries/export',
  /** What receivers think of the account's mails. */
  deliverability: '/deliveries/deliverability',
  /** Failed deliveries, which the bell counts. */
  problems: '/problems',
  suppressions: '/suppressions',
  suppressionExport: '/suppressions/export',
  suppressionRelease: '/suppressions/release',
  /** Sends of many documents: reviewed first, then confirmed, followed and undone. */
  bulkSends: '/bulk-sends',
  bulkSend: <A extends string>(id: A) => `/bulk-sends/${id}` as const,
  /** POST does the next steps of a bulk send, which takes several requests. */
  bulkSendSteps: <A extends string>(id: A) => `/bulk-sends/${id}/steps` as const,
  bulkSendProgress: <A extends string>(id: A) => `/bulk-sends/${id}/progress` as const,
  bulkSendConfirmation: <A extends string>(id: A) => `/bulk-sends/${id}/confirmation` as const,
  bulkSendCancellation: <A extends string>(id: A) => `/bulk-sends/${id}/cancellation` as const,
  bulkSendDocuments: <A extends string>(id: A) => `/bulk-sends/${id}/documents` as const,
  bulkSendResults: <A extends string>(id: A) => `/bulk-sends/${id}/results.csv` as const,
  bulkSendRetries: <A extends string>(id: A) => `/bulk-sends/${id}/retries` as const,

  contacts: '/contacts',
  newContact: '/contacts/new',
  contact: <A extends string>(id: A) => `/contacts/${id}` as const,
  contactEdit: <A extends string>(id: A) => `/contacts/${id}/edit` as const,
  contactExport: '/contacts/export',
  contactImports: '/contacts/imports',
  newContactImport: '/contacts/imports/new',
  contactImport: <A extends string>(id: A) => `/contacts/imports/${id}` as const,
  /** POST sets which field each column holds and checks the whole file, without importing it. */
  contactImportChecks: <A extends string>(id: A) => `/contacts/imports/${id}/checks` as const,
  contactImportRuns: <A extends string>(id: A) => `/contacts/imports/${id}/runs` as const,
  /** GET suggests corrections for the addresses in a form that is being filled in. */
  contactSuggestions: '/contacts/suggestions',
  contactDeletion: <A extends string>(id: A) => `/contacts/${id}/deletion` as const,
  /** POST replaces a mistyped address by the suggested one. */
  contactCorrections: <A extends string>(id: A) => `/contacts/${id}/corrections` as const,
  /** GET returns all data of a contact as a ZIP. */
  contactData: <A extends string>(id: A) => `/contacts/${id}/data` as const,
  /** GET asks which other contact to merge into this one, or previews the merge with the one in `with`; POST merges. */
  contactMerging: <A extends string>(id: A) => `/contacts/${id}/merging` as const,
  /** POST undoes the merge of this contact into another. */
  contactSeparation: <A extends string>(id: A) => `/contacts/${id}/separation` as const,
  /** GET shows what will be deleted and what stays; POST erases the contact's personal data. */
  contactForgetting: <A extends string>(id: A) => `/contacts/${id}/forgetting` as const,
  contactArchive: <A extends string>(id: A) => `/contacts/${id}/archive` as const,
  contactRestoration: <A extends string>(id: A) => `/contacts/${id}/restoration` as const,

  /** The account's languages; POST adds one. */
  translations: '/translations',
  languageTexts: <A extends string>(language: A) => `/translations/${language}` as const,
  languageDeletion: <A extends string>(language: A) => `/translations/${language}/deletion` as const,
  labels: <A extends string>(language: A) => `/translations/${language}/labels` as const,
  translation: <A extends string, B extends string>(language: A, kind: B) =>
    `/translations/${language}/${kind}` as const,
  /** POST replaces the account's text by the built-in one. */
  translationDefault: <A extends string, B extends string>(language: A, kind: B) =>
    `/translations/${language}/${kind}/default` as const,
  translationPreview: <A extends string, B extends string>(language: A, kind: B) =>
    `/translations/${language}/${kind}/preview` as const,
  /** POST mails the text from the form to the person who asks. */
  translationTests: <A extends string, B extends string>(language: A, kind: B) =>
    `/translations/${language}/${kind}/tests` as const,

  /** A logo of the signed-in account: the current one, or one of an issued document. */
  logo: <A extends string>(sha256: A) => `/logos/${sha256}` as const,

  settings: '/settings',
  companySettings: '/settings/company',
  documentSettings: '/settings/documents',
  logoSettings: '/settings/logo',
  logoRemoval: '/settings/logo/removal',
  taxSettings: '/settings/taxes',
  numberSettings: '/settings/numbers',
  numberExample: '/settings/numbers/example',
  mailSettings: '/settings/mail',
  /** POST lets bulk and automatic mails leave again. */
  sendingResumption: '/settings/mail/resumption',
  replyAddressConfirmations: '/settings/company/reply-address/confirmations',
  /** GET shows one button; POST spends the token. Works signed out, since the mail may be opened on another device. */
  replyAddressConfirmation: <A extends string>(token: A) => `/reply-address/${token}` as const,
  peopleSettings: '/settings/people',
  invitations: '/settings/people/invitations',
  invitationCancellation: <A extends string>(id: A) => `/settings/people/invitations/${id}/cancellation` as const,
  invitationMails: <A extends string>(id: A) => `/settings/people/invitations/${id}/mails` as const,
  memberRole: <A extends string>(userId: A) => `/settings/people/${userId}/role` as const,
  memberRemoval: <A extends string>(userId: A) => `/settings/people/${userId}/removal` as const,
  departure: '/settings/people/departure',
  auditList: '/settings/audit',
  retentionSettings: '/settings/retention',
  /** GET shows what closing does, or how far it has come; POST closes the account. */
  closing: '/settings/closing',
  closingRevocation: '/settings/closing/revocation',
  closingExport: <A extends string>(part: A) => `/settings/closing/exports/${part}` as const,
  personalSettings: '/settings/you',
  /** POST asks for a fresh sign-in, before a form that needs one is shown. */
  freshSignIn: '/settings/you/fresh-sign-in',
  /** The browsers in which this person is signed in. */
  sessions: '/settings/you/sessions',
  sessionRemoval: '/settings/you/sessions/removal',
  otherSessionsRemoval: '/settings/you/sessions/others/removal',
  passkeys: '/settings/you/passkeys',
  passkeyChallenges: '/settings/you/passkeys/challenges',
  passkeyRemoval: '/settings/you/passkeys/removal',
  providers: '/settings/mail-provider',
  provider: <P extends string>(place: P) => `/settings/mail-provider/${place}` as const,
  providerTests: <P extends string>(place: P) => `/settings/mail-provider/${place}/tests` as const,
  providerRemoval: <P extends string>(place: P) => `/settings/mail-provider/${place}/removal` as const,
  /** Takes raw mails to the bounce address; the token authorises the request. */
  inboundMail: <H extends string>(hook: H) => `/webhooks/inbound/${hook}` as const,
  /** Called by a mail provider, whose signature or secret authorises the request. */
  providerWebhook: <K extends string, H extends string>(kind: K, hook: H) => `/webhooks/${kind}/${hook}` as const,
  /** Keys of programs; POST makes one and shows it once. */
  apiSettings: '/settings/api',
  apiKeyRevocation: <A extends string>(id: A) => `/settings/api/${id}/revocation` as const,
  /** Endpoints for events; POST makes one and shows its secret once. */
  webhookSettings: '/settings/webhooks',
  webhook: <A extends string>(id: A) => `/settings/webhooks/${id}` as const,
  /** POST makes a new secret and shows it once. */
  webhookSecrets: <A extends string>(id: A) => `/settings/webhooks/${id}/secrets` as const,
  /** POST switches an endpoint on or off. */
  webhookActivation: <A extends string>(id: A) => `/settings/webhooks/${id}/activation` as const,
  webhookTests: <A extends string>(id: A) => `/settings/webhooks/${id}/tests` as const,
  webhookRemoval: <A extends string>(id: A) => `/settings/webhooks/${id}/removal` as const,
  webhookRepeats: <A extends string, E extends string>(id: A, eventId: E) =>
    `/settings/webhooks/${id}/calls/${eventId}/repeats` as const,
  /** The account's own From address. */
  senderSettings: '/settings/sender-address',
  senderChecks: '/settings/sender-address/checks',
  senderRemoval: '/settings/sender-address/removal',
  senderKeys: '/settings/sender-address/keys',
  senderKeyRemoval: <A extends string>(selector: A) => `/settings/sender-address/keys/${selector}/removal` as const,
  stripeSettings: '/settings/stripe',
  stripeConnection: '/settings/stripe/connection',
  stripeDisconnection: '/settings/stripe/disconnection',
  stripeTax: '/settings/stripe/tax',
  stripeEvents: '/settings/stripe/events',
  stripeCreditNotes: <A extends string>(id: A) => `/settings/stripe/events/${id}/credit-notes` as const,
  stripeReplay: <A extends string>(id: A) => `/settings/stripe/events/${id}/replay` as const,
  /** Called by Stripe, whose signature authorises the request. */
  stripeWebhook: <A extends string>(hook: A) => `/webhooks/stripe/${hook}` as const,

  /** The API. Handlers are mounted under it, so their own paths begin after it. */
  api: '/api/v1',
  openApi: '/openapi.json',
  apiContact: <A extends string>(id: A) => `/contacts/${id}` as const,
  apiContactMerges: <A extends string>(id: A) => `/contacts/${id}/merges` as const,
  apiDocument: <A extends string>(id: A) => `/documents/${id}` as const,
  /** POST issues a draft. */
  apiFinalization: <A extends string>(documentId: A) => `/documents/${documentId}/finalization` as const,
  apiPayments: <A extends string>(documentId: A) => `/documents/${documentId}/payments` as const,
  apiAttachments: <A extends string>(documentId: A) => `/documents/${documentId}/attachments` as const,
  apiAttachment: <A extends string, B extends string>(documentId: A, attachmentId: B) =>
    `/documents/${documentId}/attachments/${attachmentId}` as const,
  /** POST makes a credit note for all that is left. */
  apiVoiding: <A extends string>(documentId: A) => `/documents/${documentId}/voiding` as const,
  apiPdf: <A extends string>(documentId: A) => `/documents/${documentId}/pdf` as const,
  apiSends: '/sends',
  apiSend: <A extends string>(id: A) => `/sends/${id}` as const,
  apiDeliveries: '/deliveries',
  apiDelivery: <A extends string>(id: A) => `/deliveries/${id}` as const,
  /** GET returns the mail as it was sent. */
  apiDeliveryMessage: <A extends string>(id: A) => `/deliveries/${id}/message` as const,
  apiDeliveryHistory: <A extends string>(id: A) => `/deliveries/${id}/history` as const,
  apiSuppressions: '/suppressions',
  apiSuppression: <A extends string>(address: A) => `/suppressions/${address}` as const,
  apiTranslations: '/translations',
  apiTranslation: <A extends string, B extends string>(language: A, kind: B) =>
    `/translations/${language}/${kind}` as const,
  apiTranslationPreview: '/translations/preview',
  apiBulkResults: <A extends string>(id: A) => `/bulk-sends/${id}/results` as const,
  apiHistory: <A extends string>(documentId: A) => `/documents/${documentId}/history` as const,

  apiWebhookEndpoints: '/webhook-endpoints',
  apiWebhookEndpoint: <A extends string>(id: A) => `/webhook-endpoints/${id}` as const,
  apiWebhookSecret: <A extends string>(id: A) => `/webhook-endpoints/${id}/secret` as const,
  apiWebhookTests: <A extends string>(id: A) => `/webhook-endpoints/${id}/tests` as const,
  apiWebhookCalls: <A extends string>(id: A) => `/webhook-endpoints/${id}/calls` as const,
  apiWebhookRepeats: <A extends string, E extends string>(id: A, eventId: E) =>
    `/webhook-endpoints/${id}/calls/${eventId}/repeats` as const,
  apiEvents: '/events',

  /** The reference of the API. */
  docs: '/docs',
  docsErrors: '/docs/errors',
  docsResource: <S extends string>(slug: S) => `/docs/${slug}` as const,

  /** The customer's page, which needs no sign-in. */
  hosted: <A extends string>(token: A) => `/d/${token}` as const,
  hostedPdf: <A extends string>(token: A) => `/d/${token}/pdf` as const,
  hostedLogo: <A extends string>(token: A) => `/d/${token}/logo` as const,
  hostedAttachment: <A extends string, B extends string>(token: A, attachmentId: B) =>
    `/d/${token}/attachments/${attachmentId}` as const,
  hostedViews: <A extends string>(token: A) => `/d/${token}/views` as const,
  hostedDownloads: <A extends string>(token: A) => `/d/${token}/downloads` as const,
  hostedFreshLink: <A extends string>(token: A) => `/d/${token}/fresh-links` as const,
  hostedUnsubscription: <A extends string>(token: A) => `/d/${token}/unsubscription` as const,
} as const
