import { listTranslations } from '../../db/translations'
import type { LanguageSettings } from '../../domain/languages'
import { composeMime } from '../../mail/compose'
import type { Notice } from '../../mail/notice'
import { writeNotice } from '../../mail/write-notice'
import type { Deps } from '../deps'
import { sendAtOnce } from './send-at-once'

export interface NoticeTo {
  to: string
  /** BCP 47: the reader's. */
  language: string
  /** The account whose texts are used; absent = the built-in texts. */
  account?: { id: string; settings: LanguageSettings }
}

/** Mails a notice of Facteur at once. Returns true when a server accepted it; never throws. */
export const sendNotice = (deps: Deps, notice: Notice, { to, language, account }: NoticeTo): Promise<boolean> =>
  sendAtOnce(deps, to, notice.kind, async (id) => {
    const customTexts = account ? await listTranslations(deps.db, account.id) : []
    const reader = { language, languages: account?.settings ?? DEFAULT_LANGUAGES, customTexts }
    const envelope = { id, date: deps.now(), domain: deps.config.MAIL_DOMAIN, to }
    return composeMime(writeNotice(notice, reader), envelope, [])
  })

const DEFAULT_LANGUAGES: LanguageSettings = { language: 'en' }
