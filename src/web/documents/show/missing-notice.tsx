import type { LoadedPaper } from '../../../commands/documents/load-snapshot'
import type { FinaliseRefusal } from '../../../commands/documents/prepare-finalise'
import { type Gap, paperGaps } from '../../../domain/document-readiness'
import { formatDate } from '../../../i18n/format'
import { undrawableCharacters } from '../../../pdf/undrawable'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { refusalText } from '../../ui/refusal-text'

const SHOWN_CHARACTERS = 10

/** What a draft lacks, said before anybody presses a button. */
export const MissingNotice = ({ loaded }: { loaded: LoadedPaper }) => {
  const { document, paper, today } = loaded
  const missing = document.status === 'draft' ? paperGaps(paper, today, loaded.original) : []
  return missing.length > 0 ? <Missing loaded={loaded} missing={missing} /> : null
}

/** Why it was not finalised. */
export const FinaliseNotice = ({ loaded, refusal }: { loaded: LoadedPaper; refusal: FinaliseRefusal }) => {
  const { t, language } = useFrame()
  if (refusal.reason === 'incomplete') return <Missing loaded={loaded} missing={refusal.missing} />
  const { earliest } = refusal.details ?? {}
  const details = { ...refusal.details, ...(earliest && { earliest: formatDate(String(earliest), language) }) }
  return (
    <Notice tone="bad">
      <p>{refusalText(t, { ...refusal, details })}</p>
      {refusal.reason === 'issue_date_too_early' && (
        <p>
          <a href={routes.documentEdit(loaded.document.id)}>{t('documents.mend.document')}</a>
        </p>
      )}
      {refusal.reason === 'number_taken' && (
        <p>
          <a href={routes.documentSettings}>{t('documents.mend.settings')}</a>
        </p>
      )}
    </Notice>
  )
}

/** Characters that the PDF can only mark. */
export const UndrawableNotice = ({ loaded: { paper } }: { loaded: LoadedPaper }) => {
  const { t } = useFrame()
  const characters = undrawableCharacters(paper)
  if (characters.length === 0) return null
  return (
    <Notice tone="warn">
      <p>{t('documents.undrawable', { characters: characters.slice(0, SHOWN_CHARACTERS).join(' ') })}</p>
    </Notice>
  )
}

/** Why an automatic document was not mailed: it never fails silently. */
export const NotSentNotice = ({ loaded: { document } }: { loaded: LoadedPaper }) => {
  const { t } = useFrame()
  const { notSentReason: reason, latestSendId, contactId } = document
  if (reason === null || latestSendId !== null) return null
  return (
    <Notice tone="warn">
      <h2>{t('documents.not_sent.title')}</h2>
      <p>{isToldApart(reason) ? t(`documents.not_sent.${reason}`) : refusalText(t, { ok: false, reason })}</p>
      {reason === 'no_address' && contactId && (
        <p>
          <a href={routes.contactEdit(contactId)}>{t('documents.not_sent.mend_contact')}</a>
        </p>
      )}
    </Notice>
  )
}

/** Each with the page that mends it. */
const Missing = ({ loaded: { document }, missing }: { loaded: LoadedPaper; missing: Gap[] }) => {
  const { t } = useFrame()
  return (
    <Notice tone="warn">
      <h2>{t('documents.missing.title')}</h2>
      <ul>
        {missing.map((gap) => (
          <li>
            <a href={mendPath(gap, document)}>{t(`missing.${gap}`)}</a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function mendPath(gap: Gap, { id, contactId }: LoadedPaper['document']): string {
  if (gap.startsWith('seller_')) return routes.companySettings
  return gap.startsWith('contact_') && contactId ? routes.contactEdit(contactId) : routes.documentEdit(id)
}

/** Said without the details that a refusal has only when it happens. */
const TOLD_APART = ['no_address', 'test_recipients', 'quota_reached'] as const
const isToldApart = (reason: string): reason is (typeof TOLD_APART)[number] =>
  (TOLD_APART as readonly string[]).includes(reason)
