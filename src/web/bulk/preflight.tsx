import {
  BLOCKED_GROUPS,
  type BulkGroup,
  type Count,
  countGoing,
  countGroup,
  hasFlag,
  MAX_BULK_DOCUMENTS,
  OPTIONAL_GROUPS,
  type OptionalGroup,
  PREFLIGHT_DAYS,
} from '../../domain/bulk-send'
import { quotaLeft } from '../../domain/quota'
import { sendBlocker } from '../../domain/readiness'
import { plural } from '../../i18n'
import { routes } from '../../routes'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { nextBatchText } from '../ui/next-batch'
import { Notice } from '../ui/notice'
import { refusalText } from '../ui/refusal-text'
import type { BulkView } from './require-bulk-send'

interface Props {
  view: BulkView
  leftOut: number
  refused?: string | undefined
}

/**
 * Shows what will be sent before it is confirmed. Each count links to its documents; each optional group can be left
 * out.
 */
export const Preflight = ({ view, leftOut, refused }: Props) => {
  const { t } = useFrame()
  const may = useMay('member')
  const { bulk } = view
  const optional = OPTIONAL_GROUPS.filter((group) => countGroup(bulk.tally, group).documents > 0)
  const blocked = BLOCKED_GROUPS.filter((group) => countGroup(bulk.tally, group).documents > 0)
  return (
    <form id="preflight" class="stack" method="post" action={routes.bulkSendConfirmation(bulk.id)}>
      {refused && (
        <Notice tone="bad">
          <p>{refusalText(t, { ok: false, reason: refused })}</p>
        </Notice>
      )}
      <Blocker test={bulk.test} />
      <Notices view={view} />
      {optional.length > 0 && (
        <section
          class="card stack"
          aria-labelledby="bulk-optional"
          hx-get={routes.bulkSend(bulk.id)}
          hx-trigger="change"
          hx-include="#preflight"
          hx-select="#bulk-summary"
          hx-target="#bulk-summary"
          hx-swap="outerHTML"
        >
          <h2 id="bulk-optional">{t('bulk.optional.title')}</h2>
          <ul class="bulk-groups">
            {optional.map((group) => (
              <OptionalItem view={view} group={group} ticked={hasFlag(leftOut, group)} />
            ))}
          </ul>
          {may && (
            <noscript>
              <button type="submit" formmethod="get" formaction={routes.bulkSend(bulk.id)}>
                {t('bulk.recount')}
              </button>
            </noscript>
          )}
        </section>
      )}
      {blocked.length > 0 && (
        <section class="card stack" aria-labelledby="bulk-blocked">
          <h2 id="bulk-blocked">{t('bulk.blocked.title')}</h2>
          <ul class="bulk-groups">
            {blocked.map((group) => (
              <li>
                <Icon name="mail-minus" class="tone-warn" />
                <GroupLink view={view} group={group} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Summary view={view} leftOut={leftOut} />
    </form>
  )
}

const OptionalItem = ({ view, group, ticked }: { view: BulkView; group: OptionalGroup; ticked: boolean }) => {
  const { t } = useFrame()
  const may = useMay('member')
  const id = `leave-${group}`
  return (
    <li>
      <Icon name={group === 'draft' ? 'file-check' : 'info'} class="tone-busy" />
      <span id={`${id}-what`}>
        <GroupLink view={view} group={group} />
      </span>
      {may && (
        <span class="check">
          <input type="checkbox" id={id} name={`leave.${group}`} checked={ticked} aria-describedby={`${id}-what`} />
          <label for={id}>{t('bulk.leave_out')}</label>
        </span>
      )}
    </li>
  )
}

/** Shows a group's count, which links to the list of its documents. */
const GroupLink = ({ view: { bulk }, group }: { view: BulkView; group: BulkGroup }) => {
  const { language } = useFrame()
  const { documents } = countGroup(bulk.tally, group)
  return (
    <a href={`${routes.bulkSendDocuments(bulk.id)}?group=${group}`}>
      {plural(language, `bulk.group.${group}`, documents)}
    </a>
  )
}

const Summary = ({ view, leftOut }: { view: BulkView; leftOut: number }) => {
  const going = countGoing(view.bulk.tally, leftOut)
  return (
    <section id="bulk-summary" class="card stack tight" aria-live="polite">
      {going.documents > 0 ? <Going bulk={view.bulk} going={going} leftOut={leftOut} /> : <NothingGoes />}
    </section>
  )
}

const NothingGoes = () => {
  const { t } = useFrame()
  return (
    <>
      <p class="strong">{t('refusal.bulk_nothing_goes')}</p>
      <p>
        <a href={routes.documents}>{t('bulk.back')}</a>
      </p>
    </>
  )
}

const Going = ({ bulk, going, leftOut }: { bulk: BulkView['bulk']; going: Count; leftOut: number }) => {
  const { t, language, signedIn } = useFrame()
  const may = useMay('member')
  const documents = plural(language, 'bulk.documents', going.documents)
  const addresses = plural(language, 'bulk.addresses', going.addresses)
  const leaves = nextBatchText(language, going.addresses, signedIn?.settings.batchWindowMs ?? 0)
  return (
    <>
      <p class="bulk-going">
        <a href={`${routes.bulkSendDocuments(bulk.id)}?group=going${leftOutQuery(leftOut)}`}>
          {t('bulk.going', { documents, addresses })}
        </a>
      </p>
      {may && (
        <div class="cluster">
          {signedIn && !sendBlocker(signedIn, bulk.test) && (
            <button type="submit" class="primary">
              <Icon name="send" />
              {t('bulk.confirm', { documents })}
            </button>
          )}
          <a href={routes.documents}>{t('form.cancel')}</a>
        </div>
      )}
      <p class="muted small">{leaves}</p>
      <p class="muted small">{t('bulk.preflight.kept', { days: PREFLIGHT_DAYS })}</p>
    </>
  )
}

const leftOutQuery = (leftOut: number): string =>
  OPTIONAL_GROUPS.filter((group) => hasFlag(leftOut, group))
    .map((group) => `&leave.${group}=on`)
    .join('')

const Blocker = ({ test }: { test: boolean }) => {
  const { t, signedIn } = useFrame()
  const blocker = signedIn && sendBlocker(signedIn, test)
  if (!blocker) return null
  const incomplete = blocker === 'company_incomplete'
  return (
    <Notice tone="warn">
      <p>
        {incomplete ? t('refusal.company_incomplete') : t('send.reply_unconfirmed', { email: signedIn.company.email })}
      </p>
      <p>
        <a href={routes.companySettings}>{t(incomplete ? 'send.fix.company' : 'send.fix.reply_address')}</a>
      </p>
    </Notice>
  )
}

/** Warns about documents beyond the limit of a bulk send or of the day's quota. */
const Notices = ({ view: { bulk, going, quota } }: { view: BulkView }) => {
  const { t, language } = useFrame()
  const left = quota ? quotaLeft(quota) : Number.POSITIVE_INFINITY
  return (
    <>
      {bulk.capped && (
        <Notice tone="warn">
          <p>{t('bulk.capped', { max: MAX_BULK_DOCUMENTS.toLocaleString(language) })}</p>
        </Notice>
      )}
      {quota && going.addresses > left && (
        <Notice tone="warn">
          <p>{plural(language, 'bulk.quota', left, { limit: quota.limit.toLocaleString(language) })}</p>
          <p>
            <a href={routes.mailSettings}>{t('quota.link')}</a>
          </p>
        </Notice>
      )}
    </>
  )
}
