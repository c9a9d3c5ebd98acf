/** Renders the mail that carries a document. Preview and delivery use the same function, so they can't differ. */

import { settlementOf } from '../domain/balance'
import { groupedIban } from '../domain/bank-account'
import { type Company, displayName } from '../domain/company'
import type { Labels } from '../domain/labels'
import type { Translate } from '../i18n'
import { countryName, formatDate, formatMoney } from '../i18n/format'
import { builtInLabels, labelTranslator, mailLabels } from '../i18n/labels'
import { compileMail, type MailShape } from './compile-mail'
import { type CompiledMail, tidyText } from './compile-text'
import { invoiceJsonLd } from './json-ld'
import { SafeHtml } from './liquid'
import type { MailInput, RenderedMail } from './mail-input'
import { oneLine, subjectLine, variableValues } from './variables'

const MAX_COMPILED = 100
const compiled = new Map<string, CompiledMail>()

/**
 * Fills the mail's compiled template. Throws liquidjs's errors for a translation that `checkTranslation` would reject.
 */
export function renderDocumentMail(input: MailInput): RenderedMail {
  const labels = mailLabels(input.labels ?? builtInLabels(input.language))
  const t = labelTranslator(labels)
  const { subject, html, text } = compiledFor(shapeOf(input, labels))
  const values = variableValues(input, t)
  const line = subjectLine(subject(values), values.document.number || values.company.name)
  const { seller } = input.document
  const mail = {
    subject: line,
    json_ld: new SafeHtml(invoiceJsonLd(input)),
    others: input.alsoSentTo.join(', '),
    unsubscribe_link: input.unsubscribeLink ?? '',
    sender_address: addressLine(seller, input.language),
    sender_registration: registrationLine(seller),
    paid: paidText(input, t),
    ...moneyTexts(input),
    ...paymentTexts(input),
    refers_to: referenceText(input),
  }
  const scope = { ...values, mail }
  return {
    language: input.language,
    subject: line,
    html: html(scope),
    text: tidyText(text(scope)),
  }
}

function shapeOf(input: MailInput, labels: Labels): MailShape {
  const { translation, mailKind, language, document, balance, payee, alsoSentTo, attachesPdf, logo } = input
  const isDue = balance.due > 0
  return {
    labels,
    translation,
    mailKind,
    language,
    kind: document.kind,
    test: document.test,
    hasDueDate: isDue && document.dueDate !== '',
    isPaid: document.paid !== undefined || balance.paidOn !== '',
    settlement: settlementOf(document.kind, document.totals.total, balance) ?? null,
    isCredited: balance.credited > 0,
    hasIban: isDue && payee.iban !== '',
    hasBic: isDue && payee.iban !== '' && payee.bic !== '',
    hasPaymentNote: isDue && payee.paymentNote.trim() !== '',
    refersTo: document.refersTo ? (document.refersTo.kind ?? 'invoice') : null,
    hasOthers: alsoSentTo.length > 0,
    isCopy: input.isCopy ?? false,
    hasUnsubscribe: input.unsubscribeLink !== undefined,
    attachesPdf,
    hasReplyTo: document.seller.email !== '',
    hasRegistration: registrationLine(document.seller) !== '',
    logo,
  }
}

/**
 * Returns a compiled mail from the cache. The oldest is evicted first: a tick processes one account after another, so
 * it is no longer needed.
 */
function compiledFor(shape: MailShape): CompiledMail {
  const key = JSON.stringify(shape)
  const found = compiled.get(key)
  if (found) return found
  const made = compileMail(shape)
  const [oldest] = compiled.keys()
  if (compiled.size >= MAX_COMPILED && oldest !== undefined) compiled.delete(oldest)
  compiled.set(key, made)
  return made
}

function addressLine(seller: Company, language: string): string {
  const { lines, postcode, town, region, country } = seller.address
  const legalName = seller.legalName || displayName(seller)
  return joined([legalName, ...lines, `${postcode} ${town}`, region, country && countryName(country, language)])
}

/** Returns register, number and VAT id, which business letters must name in many countries. */
function registrationLine({ register, registerNumber, vatId }: Company): string {
  return joined([`${register} ${registerNumber}`, vatId])
}

/** Returns « INV-2026-0042 (24 November 2026) ». */
function referenceText({ document: { refersTo }, language }: MailInput): string {
  return refersTo ? `${oneLine(refersTo.number)} (${formatDate(refersTo.issueDate, language)})` : ''
}

/** Formats the amount due and the credited amount. */
function moneyTexts({ balance, document: { currency }, language }: MailInput) {
  return {
    due: formatMoney(balance.due, currency, language),
    credited: formatMoney(balance.credited, currency, language),
  }
}

/** Formats payment details. */
const paymentTexts = ({ payee: { legalName, iban, bic, paymentNote } }: MailInput) => ({
  payee: oneLine(legalName),
  iban: groupedIban(iban),
  bic: oneLine(bic),
  payment_note: paymentNote.trim(),
})

/** Returns « 24 November 2026 (card) ». */
function paidText(input: MailInput, t: Translate): string {
  const { language, balance } = input
  const { paid } = input.document
  if (!paid) return balance.paidOn && formatDate(balance.paidOn, language)
  const method = paid.method && t(`payment_method.${paid.method}`)
  return `${formatDate(paid.on, language)}${method ? ` (${method})` : ''}`
}

const joined = (parts: string[]): string => parts.map(oneLine).filter(Boolean).join('\u00a0· ')
