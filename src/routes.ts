/**
 * Every URL as a typed path builder. Nouns only: a verb is the thing it makes (`POST /documents/:id/sends`).
 * Given a parameter instead of a value it is the pattern to mount: `routes.document(':id')`, and Hono knows that there is an `id`.
 */

export const routes = {
  home: '/',
  healthz: '/healthz',

  signIn: '/sign-in',
  signInSent: '/sign-in/sent',
  /** GET shows one button; POST spends the token. */
  signInLink: <A extends string>(token: A) => `/sign-in/links/${token}` as const,
  /** What a device is to sign, as JSON for the page's script. */
  signInChallenges: '/sign-in/challenges',
  signInPasskeys: '/sign-in/passkeys',
  /** What a link that confirms a change leads to: the change itself waits in another tab. */
  signInConfirmed: '/sign-in/confirmed',
  signOut: '/sign-out',
  welcome: '/welcome',
  /** GET shows one button; POST joins the account. */
  invitation: <A extends string>(token: A) => `/invitations/${token}` as const,
  accounts: '/accounts',
  newAccount: '/accounts/new',
  /** The account that this session works in. */
  activeAccount: '/accounts/active',
  /** Whether this browser works with test documents. */
  testMode: '/test-mode',

  documents: '/documents',
  newDocument: '/documents/new',
  /** The form as it stands, changed by one of its buttons; nothing is saved. */
  documentForm: '/documents/form',
  document: <A extends string>(id: A) => `/documents/${id}` as const,
  documentEdit: <A extends string>(id: A) => `/documents/${id}/edit` as const,
  documentPdf: <A extends string>(id: A) => `/documents/${id}/pdf` as const,
  documentFinalisation: <A extends string>(id: A) => `/documents/${id}/finalisation` as const,
  documentDeletion: <A extends string>(id: A) => `/documents/${id}/deletion` as const,
  documentPayment: <A extends string>(id: A) => `/documents/${id}/payment` as const,
  documentPaymentReversal: <A extends string>(id: A) => `/documents/${id}/payment/reversal` as const,
  documentCopy: <A extends string>(id: A) => `/documents/${id}/copies` as const,
  /** A credit note of all that is left, finalised at once. */
  documentCreditNotes: <A extends string>(id: A) => `/documents/${id}/credit-notes` as const,
  newCreditNote: <A extends string>(id: A) => `/documents/${id}/credit-notes/new` as const,
  documentLinks: <A extends string>(id: A) => `/documents/${id}/links` as const,
  documentAttachments: <A extends string>(id: A) => `/documents/${id}/attachments` as const,
  documentAttachment: <A extends string, B extends string>(id: A, attachmentId: B) =>
    `/documents/${id}/attachments/${attachmentId}` as const,
  /** Whether customers find it on the document's page. */
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
  /** The same mail for a sandboxed frame, and as a file. */
  deliveryMailHtml: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/mail/html` as const,
  deliveryMailFile: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/mail.eml` as const,

  /** Another address in the place of one that did not work; what the old one missed is sent there. */
  deliveryCorrection: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/correction` as const,
  /** Sends the same mail to the same address again. */
  deliveryRepeats: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/repeats` as const,
  /** Sends once although the recipient has unsubscribed. */
  deliveryExceptions: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/exceptions` as const,
  /** Marks a problem as settled, or as open again. */
  deliveryDismissal: <A extends string, B extends string>(documentId: A, deliveryId: B) =>
    `/documents/${documentId}/deliveries/${deliveryId}/dismissal` as const,

  /** Deliveries over all documents. */
  deliveries: '/deliveries',
  deliveryExport: '/deliveries/export',
  /** Deliveries that could not be made: what the bell counts. */
  problems: '/problems',
  suppressions: '/suppressions',
  suppressionExport: '/suppressions/export',
  suppressionRelease: '/suppressions/release',
  /** Acts over many documents: looked at first, confirmed, watched, undone. */
  bulkSends: '/bulk-sends',
  bulkSend: <A extends string>(id: A) => `/bulk-sends/${id}` as const,
  /** The next steps of what takes several requests. */
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
  /** Which column is what: checks the whole file, imports nothing. */
  contactImportChecks: <A extends string>(id: A) => `/contacts/imports/${id}/checks` as const,
  contactImportRuns: <A extends string>(id: A) => `/contacts/imports/${id}/runs` as const,
  /** What typed addresses probably should be, for a form that is being filled in. */
  contactSuggestions: '/contacts/suggestions',
  contactDeletion: <A extends string>(id: A) => `/contacts/${id}/deletion` as const,
  /** One address becomes what it probably should be. */
  contactCorrections: <A extends string>(id: A) => `/contacts/${id}/corrections` as const,
  /** Everything that is kept of a contact, as a ZIP. */
  contactData: <A extends string>(id: A) => `/contacts/${id}/data` as const,
  /** GET says what goes and what stays; POST forgets. */
  /** Which other contact to merge with this one, and what would become of both; `with` names the other. */
  contactMerging: <A extends string>(id: A) => `/contacts/${id}/merging` as const,
  /** Takes back that this contact was merged into another. */
  contactSeparation: <A extends string>(id: A) => `/contacts/${id}/separation` as const,
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
  /** POST puts the default in the place of what the account wrote. */
  translationDefault: <A extends string, B extends string>(language: A, kind: B) =>
    `/translations/${language}/${kind}/default` as const,
  translationPreview: <A extends string, B extends string>(language: A, kind: B) =>
    `/translations/${language}/${kind}/preview` as const,
  /** POST mails the text from the form to the person who asks. */
  translationTests: <A extends string, B extends string>(language: A, kind: B) =>
    `/translations/${language}/${kind}/tests` as const,

  /** The account's own, current or on one of its documents. */
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
  /** GET shows one button; POST spends the token. Works signed out: the mailbox may be read elsewhere. */
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
  /** GET shows what will happen or is happening; POST begins to close the account. */
  closing: '/settings/closing',
  closingRevocation: '/settings/closing/revocation',
  closingExport: <A extends string>(part: A) => `/settings/closing/exports/${part}` as const,
  personalSettings: '/settings/you',
  /** POST asks for a fresh sign-in, before a form that needs one is shown. */
  freshSignIn: '/settings/you/fresh-sign-in',
  /** Where this person is signed in. */
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
  providerWebhook: <K extends string, H extends string>(kind: K, hook: H) => `/webhooks/${kind}/${hook}` as const,
  stripeSettings: '/settings/stripe',
  stripeConnection: '/settings/stripe/connection',
  stripeDisconnection: '/settings/stripe/disconnection',
  stripeTax: '/settings/stripe/tax',
  stripeEvents: '/settings/stripe/events',
  stripeReplay: <A extends string>(id: A) => `/settings/stripe/events/${id}/replay` as const,
  /** What Stripe calls; the signature is the authority. */
  stripeWebhook: <A extends string>(hook: A) => `/webhooks/stripe/${hook}` as const,

  /** For the customer, without login. */
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
