/** Facteur's own short mails: a sentence or two and a button. */
import type { RenderedMail } from './render-mail'

export type Notice =
  /** To a person who wants to sign in; the link works once, for 15 minutes. */
  | { kind: 'sign_in'; link: string }
  /** To a company's reply address, which must say that it belongs to the company. */
  | { kind: 'confirm_reply_address'; link: string; company: string }
  /** To a recipient whose link to a document has expired and who asked for another. */
  | { kind: 'fresh_link'; link: string; company: string; number: string }

export declare function renderNotice(notice: Notice, language: string): RenderedMail
