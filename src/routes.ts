/** Every URL as a typed path builder. Nouns only: a verb is the thing it makes (`POST /documents/:id/sends`). */

export const routes = {
  home: '/',
  healthz: '/healthz',

  signIn: '/sign-in',
  signInSent: '/sign-in/sent',
  /** GET shows one button; POST spends the token. */
  signInLink: (token: string) => `/sign-in/links/${token}`,
  signOut: '/sign-out',
  welcome: '/welcome',

  documents: '/documents',
  newDocument: '/documents/new',
  document: (id: string) => `/documents/${id}`,
  documentEdit: (id: string) => `/documents/${id}/edit`,
  documentPdf: (id: string) => `/documents/${id}/pdf`,
  documentFinalisation: (id: string) => `/documents/${id}/finalisation`,
  documentPayment: (id: string) => `/documents/${id}/payment`,
  documentCopy: (id: string) => `/documents/${id}/copies`,
  documentLinks: (id: string) => `/documents/${id}/links`,
  newSend: (documentId: string) => `/documents/${documentId}/sends/new`,
  sends: (documentId: string) => `/documents/${documentId}/sends`,
  sendPreview: (documentId: string) => `/documents/${documentId}/sends/preview`,
  send: (documentId: string, sendId: string) => `/documents/${documentId}/sends/${sendId}`,
  sendCancellation: (documentId: string, sendId: string) => `/documents/${documentId}/sends/${sendId}/cancellation`,
  sendSchedule: (documentId: string, sendId: string) => `/documents/${documentId}/sends/${sendId}/schedule`,
  deliveryMail: (documentId: string, deliveryId: string) => `/documents/${documentId}/deliveries/${deliveryId}/mail`,

  contacts: '/contacts',
  newContact: '/contacts/new',
  contact: (id: string) => `/contacts/${id}`,
  contactEdit: (id: string) => `/contacts/${id}/edit`,
  contactArchive: (id: string) => `/contacts/${id}/archive`,

  settings: '/settings',
  companySettings: '/settings/company',
  documentSettings: '/settings/documents',
  mailSettings: '/settings/mail',
  replyAddressConfirmations: '/settings/company/reply-address/confirmations',
  /** GET shows one button; POST spends the token. Works signed out: the mailbox may be read elsewhere. */
  replyAddressConfirmation: (token: string) => `/reply-address/${token}`,
  personalSettings: '/settings/you',

  /** For the customer, without login. */
  hosted: (token: string) => `/d/${token}`,
  hostedPdf: (token: string) => `/d/${token}/pdf`,
  hostedViews: (token: string) => `/d/${token}/views`,
  hostedFreshLink: (token: string) => `/d/${token}/fresh-links`,
  hostedUnsubscription: (token: string) => `/d/${token}/unsubscription`,
} as const
