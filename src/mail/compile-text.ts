/** Compiles a merchant's Markdown and the layout around it to templates, for mails with documents and for notices. */
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

/** A placeholder for the body's HTML in a layout, and the body as plain text. */
export interface WrittenBody {
  slot: string
  text: string
}

export interface Framed {
  layout: ReactElement
  text: string
}

/**
 * Compiles subject and body. Throws liquidjs's parse errors for a translation that `checkTranslation` would reject.
 * @param text in BCP 47 `language`, whose direction decides on which side lists and quotations are indented
 * @param placeholders none of which occurs in text or frame
 * @param frame puts the layout around the body; its only Liquid is in placeholders
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
    // React adds preload links for pictures, which a mail must not have.
    .replace(/<link rel="preload"[^>]*>/g, '')
    .replace(slot, () => written.html)
  return {
    subject: parseText(subject),
    html: parseHtml(placeholders.reveal(`<!DOCTYPE html>${markup}`)),
    text: parseText(placeholders.reveal(text)),
  }
}

/** Removes the blank lines that unmet conditions leave. */
export const tidyText = (text: string): string => text.replace(/\n{3,}/g, '\n\n').trimStart()
