import { ok, type Refused, type Result, refuse } from '../../domain/result'
import type { TranslationProblem } from '../../mail/check-translation'
import type { Deps } from '../deps'
import { sendAtOnce } from '../sends/send-at-once'
import { composeTranslation } from './compose-translation'
import type { TextTrial } from './text-trial'

/** Mails a text to the person who edits it, as a customer would get it. Sends at once and stores nothing. */
export async function sendTranslationTest(
  deps: Deps,
  trial: TextTrial,
): Promise<
  | Result<null>
  | Refused<'not_found' | 'mail_not_accepted'>
  | { ok: false; reason: 'problems'; problems: TranslationProblem[] }
> {
  const checked = await composeTranslation(deps, trial, { id: 'test', withPdf: false })
  if (!checked) return refuse('not_found')
  if ('problems' in checked) return { ok: false, reason: 'problems', problems: checked.problems }
  const sent = await sendAtOnce(deps, trial.to, 'translation_test', async (id) => {
    const composed = await composeTranslation(deps, trial, { id, withPdf: true })
    if (!composed || 'problems' in composed) throw new Error('a text that had no problems has some now')
    return composed.mime
  })
  return sent ? ok(null) : refuse('mail_not_accepted')
}
