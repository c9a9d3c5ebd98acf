/** The one way from a merchant's Markdown and its frame to templates that only wait for values: of mails with documents and of notices. */
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { directionOf } from '../domain/languages'
import type { Translation } from '../domain/translation'
import { type Fill, parseHtml, parseText } from './liquid'
import { renderMarkdown } from './markdown'
import type { Placeholders } from './placeholders'

export interface CompiledMail {
  subject: Fill
  html: Fill
  text: Fill
}

/** One word that stands for the body's HTML in a layout, and the body as plain text. */
export interface WrittenBody {
  slot: string
  text: string
}

export interface Framed {
  layout: ReactElement
  text: string
}

/**
 * @param text in BCP 47 `language`, whose script says where lists and quotations are set off
 * @param placeholders none of which occurs in text or frame
 * @param frame puts the layout around the body; of Liquid it holds placeholders only
 * Throws liquidjs's parse errors for a translation that `checkTranslation` would not have passed.
 */
export function compileText(
  { subject, body, language }: Translation & { language: string },
  placeholders: Placeholders,
  frame: (body: WrittenBody) => Framed,
): CompiledMail {
  const written = renderMarkdown(placeholders.hide(body), placeholders, directionOf(language))
  const slot = placeholders.add('')
  const { layout, text } = frame({ slot, text: written.text })
  const markup = renderToStaticMarkup(layout)
    // React has browsers fetch pictures early, which is nothing for a mail.
    .replace(/<link rel="preload"[^>]*>/g, '')
    .replace(slot, () => written.html)
  return {
    subject: parseText(subject),
    html: parseHtml(placeholders.reveal(`<!DOCTYPE html>${markup}`)),
    text: parseText(placeholders.reveal(text)),
  }
}

/** Conditions leave gaps where they do not hold. */
export const tidyText = (text: string): string => text.replace(/\n{3,}/g, '\n\n').trimStart()
