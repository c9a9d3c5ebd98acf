import type { TranslationProblem } from '../../mail/check-translation'
import { readMime } from '../../mail/read-mime'
import type { Deps } from '../deps'
import type { MailPreview } from '../sends/preview-mail'
import { composeTranslation } from './compose-translation'
import type { TextTrial } from './text-trial'

/** Returns the mail of a text in the editor, or the problems of the text; undefined if the account has no such document. */
export async function previewTranslation(
  deps: Deps,
  trial: TextTrial,
): Promise<MailPreview | { problems: TranslationProblem[] } | undefined> {
  const composed = await composeTranslation(deps, trial, { id: 'preview', withPdf: false })
  if (!composed || 'problems' in composed) return composed
  return { mail: await readMime(composed.mime), pdfName: composed.pdfName, files: [] }
}
