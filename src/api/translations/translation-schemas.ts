/** Schemas of the bodies and queries of translations. */
import * as v from 'valibot'
import { TEXT_KINDS } from '../../domain/translation'

const subject = v.pipe(v.string(), v.description('With Liquid variables'))
const body = v.pipe(v.string(), v.description('Markdown with Liquid variables'))

export const NewTranslation = v.strictObject({ subject, body })

export const NewTranslationPreview = v.strictObject({
  language: v.pipe(v.string(), v.description('BCP 47, one of the account’s languages')),
  kind: v.picklist(TEXT_KINDS),
  subject,
  body,
  document_id: v.exactOptional(v.pipe(v.string(), v.description('Without it: a made-up document'))),
})

export const TranslationQuery = v.strictObject({
  language: v.optional(v.string()),
  kind: v.optional(v.picklist(TEXT_KINDS)),
})

export const TranslationJson = v.object({
  language: v.string(),
  kind: v.pipe(
    v.picklist(TEXT_KINDS),
    v.description('The mail of each kind of document, `resend` of a repeated one, and the notices of the account'),
  ),
  source: v.pipe(
    v.picklist(['own', 'built_in', 'other_language']),
    v.description(
      '`own`: the account changed it. `other_language`: it is missing, and that of `text_language` is used',
    ),
  ),
  text_language: v.pipe(v.string(), v.description('BCP 47; the language of the text that is used')),
  ...{ subject: v.string(), body: v.string() },
})

export const TranslationListJson = v.object({
  data: v.pipe(v.array(TranslationJson), v.description('All of them: every kind in every language of the account')),
})

export const TranslationPreviewJson = v.object({ subject: v.string(), html: v.string(), text: v.string() })
