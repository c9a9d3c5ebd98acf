/** @jsxImportSource react */
/** Renders notices: a text that merchants may change, in a fixed frame. */
import { NoticeMail } from '../../emails/notice-mail'
import type { Translation } from '../domain/translation'
import { type Language, translator } from '../i18n'
import { compileText, tidyText } from './compile-text'
import type { RenderedMail } from './mail-input'
import type { Notice } from './notice'
import { noticeFrame } from './notice-frame'
import { noticeValues } from './notice-values'
import { Placeholders } from './placeholders'
import { noticeMailText } from './plain-text'
import { subjectLine } from './variables'

export interface NoticeText extends Translation {
  /** BCP 47, of subject and body. */
  language: string
  /** Language of the texts around them. */
  frameLanguage: Language
}

/**
 * Renders a notice. Notices are rare enough to be compiled each time, so the frame may contain values of a single one.
 * Throws liquidjs's errors for a text that `checkTranslation` would reject.
 */
export function renderNotice(notice: Notice, noticeText: NoticeText): RenderedMail {
  const frame = noticeFrame(notice, noticeText.frameLanguage)
  const values = noticeValues(notice, translator(noticeText.frameLanguage))
  const placeholders = new Placeholders(noticeText.subject + noticeText.body + JSON.stringify(frame))
  const title = placeholders.variable('mail.subject')
  const { subject, html, text } = compileText(noticeText, placeholders, (body) => {
    const content = { ...frame, language: noticeText.language, title, body }
    return { layout: <NoticeMail {...content} />, text: noticeMailText(content) }
  })
  const line = subjectLine(subject(values), frame.sender)
  const scope = { ...values, mail: { subject: line } }
  return { language: noticeText.language, subject: line, html: html(scope), text: tidyText(text(scope)) }
}
