import type { MergedContact } from '../../db/contact-merging'
import type { StoredContact } from '../../db/contacts'
import type { LikelyDuplicate } from '../../db/likely-duplicates'
import { MERGE_UNDO_MS } from '../../domain/contact-merge'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Notice } from '../ui/notice'
import { ExactTime } from '../ui/values'
import { LikelyList } from './merging-choice-page'

/** Names the contact into which this one was merged, and offers to undo the merge. */
export const MergedNotice = ({ contact, into }: { contact: StoredContact; into: StoredContact }) => {
  const { t } = useFrame()
  return (
    <Notice tone="warn">
      <p>
        {t('contact.merged_into')}{' '}
        <a href={routes.contact(into.id)} class="break-all">
          {into.name}
        </a>
        {contact.mergedAt !== null && (
          <>
            {' · '}
            <ExactTime at={contact.mergedAt} />
          </>
        )}
      </p>
      <p>{t('contact.merged_into.text')}</p>
      <SeparateButton contact={contact} />
    </Notice>
  )
}

/** Offers to undo a merge while that is possible. */
const SeparateButton = ({ contact: { id, name, mergedAt } }: { contact: MergedContact }) => {
  const { t, now } = useFrame()
  const may = useMay('member')
  if (!may || mergedAt === null || mergedAt <= now - MERGE_UNDO_MS) return null
  return (
    <form method="post" action={routes.contactSeparation(id)}>
      <button type="submit" class="small" aria-label={t('contact.separate.name', { name })}>
        <Icon name="undo-2" />
        {t('contact.separate')}
      </button>
    </form>
  )
}

/** Lists the contacts that were merged into this one. */
export const MergedContacts = ({ merged }: { merged: MergedContact[] }) => {
  const { t } = useFrame()
  if (merged.length === 0) return null
  return (
    <section class="card stack" aria-labelledby="merged">
      <h2 id="merged">{t('contact.merged')}</h2>
      <ul class="merge-list">
        {merged.map((contact) => (
          <li>
            <div class="break-all">
              <a class="quiet" href={routes.contact(contact.id)}>
                {contact.name}
              </a>
              {contact.mergedAt !== null && (
                <div class="muted small">
                  <ExactTime at={contact.mergedAt} />
                </div>
              )}
            </div>
            <SeparateButton contact={contact} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Lists likely duplicates for members, who may merge them. */
export const Duplicates = ({ contact, likely }: { contact: StoredContact; likely: LikelyDuplicate[] }) => {
  const { t } = useFrame()
  if (!useMay('member') || likely.length === 0) return null
  return (
    <section class="card stack" aria-labelledby="duplicates">
      <h2 id="duplicates">{t('contact.duplicates')}</h2>
      <LikelyList contact={contact} likely={likely} />
    </section>
  )
}

/** Names the fields that an undone merge did not restore, since they were changed after it. */
export const StayedNotice = ({ stayed }: { stayed: string[] }) => {
  const { t } = useFrame()
  if (stayed.length === 0) return null
  return (
    <Notice tone="warn">
      <p>{t('contact.separate.stayed', { fields: stayed.join(', ') })}</p>
    </Notice>
  )
}
