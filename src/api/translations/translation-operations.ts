/** Describes the operations on translations. */
import { routes } from '../../routes'
import { operation } from '../operation'
import {
  NewTranslation,
  NewTranslationPreview,
  TranslationJson,
  TranslationListJson,
  TranslationPreviewJson,
  TranslationQuery,
} from './translation-schemas'

const tag = 'Translations'
const path = routes.apiTranslation(':language', ':kind')

const TEXT = {
  subject: 'Invoice {{ document.number }}',
  body: 'Hello {{ contact.name }},\n\nhere is your invoice: {{ document.link }}',
}

export const listTranslations = operation({
  ...{ id: 'listTranslations', tag, method: 'get', path: routes.apiTranslations, scope: 'read' },
  summary: 'List the texts of mails in all languages of the account',
  query: TranslationQuery,
  ...{ status: 200, reply: TranslationListJson },
})

export const getTranslation = operation({
  ...{ id: 'getTranslation', tag, method: 'get', path, scope: 'read' },
  summary: 'Get the text of a kind of mail in a language',
  ...{ status: 200, reply: TranslationJson },
})

export const putTranslation = operation({
  ...{ id: 'putTranslation', tag, method: 'put', path, scope: 'write' },
  summary: 'Change the text of a kind of mail in a language',
  description:
    'The text is tried first; what is wrong with it is named with its line and column. A text equal to the built-in one is stored as such.',
  body: NewTranslation,
  ...{ status: 200, reply: TranslationJson, refusals: ['busy', 'live_key_needed'], example: { body: TEXT } },
})

export const deleteTranslation = operation({
  ...{ id: 'deleteTranslation', tag, method: 'delete', path, scope: 'write' },
  summary: 'Go back to the built-in text, or in a language of your own to that of another language',
  ...{ status: 204, refusals: ['busy', 'live_key_needed'] },
})

export const previewTranslation = operation({
  ...{ id: 'previewTranslation', tag, method: 'post', path: routes.apiTranslationPreview, scope: 'read' },
  summary: 'See the mail of a text, without storing or sending anything',
  body: NewTranslationPreview,
  ...{ status: 200, reply: TranslationPreviewJson },
  example: { body: { language: 'en', kind: 'invoice', ...TEXT } },
})
