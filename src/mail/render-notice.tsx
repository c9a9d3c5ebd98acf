/** @jsxImportSource react */
/** Facteur's own short mails: a sentence or two and a button. */
import { renderToStaticMarkup } from 'react-dom/server'
import { NoticeMail, type NoticeMailContent } from '../../emails/notice-mail'
import { languageFor, translator } from '../i18n'
import { noticeMailText } from './plain-text'
import type { RenderedMail } from './render-mail'
import { oneLine } from './variables'

export type Notice =
  /** To a person who wants to sign in; the link works once, for 15 minutes. */
  | { kind: 'sign_in'; link: string }
  /** To a company's reply address, which must say that it belongs to the company. */
  | { kind: 'confirm_reply_address'; link: string; company: string }
  /** To somebody whom a member invites into their account; the link works once, for a week. */
  | { kind: 'invitation'; link: string; company: string; person: string }

/** Rare enough to go through React each time. */
export function renderNotice(notice: Notice, language: string): RenderedMail {
  const content = noticeContent(notice, language)
  return {
    subject: content.title,
    html: `<!DOCTYPE html>${renderToStaticMarkup(<NoticeMail {...content} />)}`,
    text: noticeMailText(content),
  }
}

function noticeContent(notice: Notice, language: string): NoticeMailContent {
  const t = translator(languageFor(language))
  const company = 'company' in notice ? oneLine(notice.company) : ''
  const person = 'person' in notice ? oneLine(notice.person) : ''
  const params = { company, person }
  const text = t(`mail.notice.${notice.kind}.text`, params)
  return {
    language: languageFor(language),
    title: t(`mail.notice.${notice.kind}.subject`, params),
    preheader: text,
    sender: 'Facteur',
    paragraphs: [text],
    action: { label: t(`mail.notice.${notice.kind}.action`), href: notice.link },
    footer: { lines: [t(`mail.notice.${notice.kind}.why`, params)] },
  }
}
