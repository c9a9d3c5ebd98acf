import { ok, type Result, refuse } from '../../domain/result'
import type { TranslationProblem } from '../../mail/check-translation'
import type { Deps } from '../deps'
import { meterNotice } from '../sends/meter-notice'
import { sendAtOnce } from '../sends/send-at-once'
import { composeTranslation } from './compose-translation'
import type { TextTrial } from './text-trial'

/** Mails a text to the person who edits it, as a customer would get it. Writes nothing but the count of such mails. */
export async function sendTranslationTest(
  deps: Deps,
  trial: TextTrial,
): Promise<
  | Result<null, 'not_found' | 'mail_not_accepted' | 'notice_limit'>
  | { ok: false; reason: 'problems'; problems: TranslationProblem[] }
> {
  const tried = await composeTranslation(deps, trial, { id: 'test', withPdf: false })
  if (!tried) return refuse('not_found')
  if ('problems' in tried) return { ok: false, reason: 'problems', problems: tried.problems }
  const refused = await meterNotice(deps, trial.accountId, 'translation_test')
  if (refused) return refused
  const sent = await sendAtOnce(deps, trial.to, 'translation_test', async (id) => {
    const composed = await composeTranslation(deps, trial, { id, withPdf: true })
    if (!composed || 'problems' in composed) throw new Error('a text that had no problems has some now')
    return composed.mime
  })
  return sent ? ok(null) : refuse('mail_not_accepted')
}
