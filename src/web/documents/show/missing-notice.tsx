import type { LoadedSnapshot } from '../../../commands/documents/load-snapshot'
import type { FinaliseRefusal } from '../../../commands/documents/prepare-finalise'
import { type Gap, gapsOf } from '../../../domain/document-readiness'
import { formatDate } from '../../../i18n/format'
import { undrawableCharacters } from '../../../pdf/undrawable'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { refusalText } from '../../ui/refusal-text'
import { gapText } from '../form/gap-text'

const SHOWN_CHARACTERS = 10

/** What a draft lacks, said before anybody presses a button. */
export const MissingNotice = ({ loaded }: { loaded: LoadedSnapshot }) => {
  const { document, snapshot, today } = loaded
  const missing = document.status === 'draft' ? gapsOf(snapshot, today, loaded.original) : []
  return missing.length > 0 ? <Missing loaded={loaded} missing={missing} /> : null
}

/** Why it was not finalised. */
export const FinaliseNotice = ({ loaded, refusal }: { loaded: LoadedSnapshot; refusal: FinaliseRefusal }) => {
  const { t, language } = useFrame()
  if (refusal.reason === 'incomplete') return <Missing loaded={loaded} missing={refusal.missing} />
  const { earliest } = refusal.details ?? {}
  const details = { ...refusal.details, ...(earliest && { earliest: formatDate(String(earliest), language) }) }
  return (
    <Notice tone="bad">
      <p>{refusalText(t, { ...refusal, details })}</p>
      {refusal.reason === 'issue_date_too_early' && (
        <p>
          <a href={routes.documentEdit(loaded.document.id)}>{t('documents.fix.document')}</a>
        </p>
      )}
      {refusal.reason === 'number_taken' && (
        <p>
          <a href={routes.documentSettings}>{t('documents.fix.settings')}</a>
        </p>
      )}
    </Notice>
  )
}

/** Characters that the PDF can only mark. */
export const UndrawableNotice = ({ loaded: { snapshot } }: { loaded: LoadedSnapshot }) => {
  const { t } = useFrame()
  const characters = undrawableCharacters(snapshot)
  if (characters.length === 0) return null
  return (
    <Notice tone="warn">
      <p>{t('documents.undrawable', { characters: characters.slice(0, SHOWN_CHARACTERS).join(' ') })}</p>
    </Notice>
  )
}

/** Why an automatic document was not mailed: it never fails silently. */
export const NotSentNotice = ({ loaded: { document } }: { loaded: LoadedSnapshot }) => {
  const { t } = useFrame()
  const { notSentReason: reason, latestSendId, contactId } = document
  if (reason === null || latestSendId !== null) return null
  return (
    <Notice tone="warn">
      <h2>{t('documents.not_sent.title')}</h2>
      <p>{isToldApart(reason) ? t(`documents.not_sent.${reason}`) : refusalText(t, { ok: false, reason })}</p>
      {reason === 'no_address' && contactId && (
        <p>
          <a href={routes.contactEdit(contactId)}>{t('documents.not_sent.fix_contact')}</a>
        </p>
      )}
    </Notice>
  )
}

/** Each with the page that mends it. */
const Missing = ({ loaded: { document, snapshot }, missing }: { loaded: LoadedSnapshot; missing: Gap[] }) => {
  const { t } = useFrame()
  return (
    <Notice tone="warn">
      <h2>{t('documents.missing.title')}</h2>
      <ul>
        {gapText(missing, snapshot.content, t).map(({ gap, words }) => (
          <li>
            <a href={fixPath(gap, document)}>{words}</a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function fixPath(gap: Gap, { id, contactId }: LoadedSnapshot['document']): string {
  if (gap.startsWith('seller_')) return routes.companySettings
  return gap.startsWith('contact_') && contactId ? routes.contactEdit(contactId) : routes.documentEdit(id)
}

/** Said without the details that a refusal has only when it happens. */
const TOLD_APART = ['no_address', 'test_recipients', 'quota_reached'] as const
const isToldApart = (reason: string): reason is (typeof TOLD_APART)[number] =>
  (TOLD_APART as readonly string[]).includes(reason)
