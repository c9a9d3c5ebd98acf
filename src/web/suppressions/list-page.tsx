import { MAX_HELD, type SuppressionItem } from '../../db/suppression-list'
import { reasonText } from '../../i18n/reason'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { DeliveriesHead } from '../ui/deliveries-head'
import { ErrorSummary, Field } from '../ui/form'
import { FormAccount } from '../ui/form-account'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Pages } from '../ui/pages'
import { ServerText } from '../ui/server-text'
import { ExactTime } from '../ui/values'

interface Props {
  /** Prefix of the address, as typed. */
  q: string
  items: SuppressionItem[]
  form: FormState
  paths: { first: string | undefined; next: string | undefined }
}

/** Lists blocked addresses, each with its reason. */
export const SuppressionListPage = ({ q, items, form, paths }: Props) => {
  const { t } = useFrame()
  return (
    <>
      <DeliveriesHead />
      <div class="stack">
        <p class="muted">{t('suppressions.text')}</p>
        <Add form={form} />
        <form class="cluster list-search" action={routes.suppressions}>
          <input
            type="search"
            name="q"
            value={q}
            placeholder={t('suppressions.search')}
            aria-label={t('suppressions.search')}
          />
          <button type="submit">{t('suppressions.search.button')}</button>
          {q && <a href={routes.suppressions}>{t('documents.search.clear')}</a>}
          {useMay('member') && items.length > 0 && (
            <a class="button push" href={routes.suppressionExport}>
              <Icon name="download" />
              {t('list.export')}
            </a>
          )}
        </form>
        <div class="card flush">
          {items.length === 0 ? <None q={q} /> : <Table items={items} />}
          <Pages {...paths} />
        </div>
      </div>
    </>
  )
}

const Add = ({ form }: { form: FormState }) => {
  const { t } = useFrame()
  if (!useMay('admin')) return null
  return (
    <details class="add-address" open={Object.keys(form.errors).length > 0}>
      <summary class="button">
        <Icon name="ban" />
        {t('suppressions.add')}
      </summary>
      <form class="card form" method="post" action={routes.suppressions} novalidate>
        <ErrorSummary form={form} />
        <FormAccount />
        <Field
          form={form}
          name="address"
          label={t('suppressions.address')}
          hint={t('suppressions.add.hint')}
          inputmode="email"
          autocomplete="off"
          spellcheck={false}
        />
        <div class="form-actions">
          <button type="submit">
            <Icon name="ban" />
            {t('suppressions.add.button')}
          </button>
        </div>
      </form>
    </details>
  )
}

const None = ({ q }: { q: string }) => {
  const { t } = useFrame()
  return (
    <div class="empty">
      <Icon name={q ? 'search' : 'circle-check'} />
      <p>{t(q ? 'suppressions.none.found' : 'suppressions.none')}</p>
    </div>
  )
}

const Table = ({ items }: { items: SuppressionItem[] }) => {
  const { t } = useFrame()
  const may = useMay('admin')
  return (
    <table class="list stacked suppressions">
      <thead>
        <tr>
          <th scope="col">{t('suppressions.address')}</th>
          <th scope="col">{t('suppressions.reason')}</th>
          <th scope="col">{t('suppressions.since')}</th>
          <th scope="col" class="number">
            {t('suppressions.held')}
          </th>
          {may && (
            <th scope="col">
              <span class="visually-hidden">{t('suppressions.release')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row item={item} may={may} />
        ))}
      </tbody>
    </table>
  )
}

const Row = ({ item, may }: { item: SuppressionItem; may: boolean }) => {
  const { t } = useFrame()
  const { addressKey, createdAt, held } = item
  const query = new URLSearchParams({ address: addressKey })
  return (
    <tr>
      <th scope="row" class="break-all">
        {addressKey}
      </th>
      <td>
        <SuppressionReasonText item={item} />
      </td>
      <td class="small nowrap" data-label={t('suppressions.since')}>
        <ExactTime at={createdAt} />
      </td>
      <td class="number small" data-label={t('suppressions.held')}>
        {held > 0 ? (
          <a href={`${routes.problems}?view=all&kind=dropped&${query}`}>{held < MAX_HELD ? held : `${MAX_HELD}+`}</a>
        ) : (
          0
        )}
      </td>
      {may && (
        <td>
          <a class="button small" href={`${routes.suppressionRelease}?${query}`}>
            {t('suppressions.release')}
          </a>
        </td>
      )}
    </tr>
  )
}

/** Shows the reason, the document of the event, and the server's text. */
export const SuppressionReasonText = ({ item }: { item: SuppressionItem }) => {
  const { t } = useFrame()
  const { reason, serverText, documentId, number, kind, by } = item
  return (
    <div class="stack tight suppression-reason">
      <div>
        <Badge tone={reason === 'manual' ? 'idle' : 'bad'} icon="ban">
          {t(`suppression_reason.${reason}`)}
        </Badge>
      </div>
      <p class="small">
        {by ? t('suppressions.by', { name: by }) : reasonText(t, reason)}{' '}
        {documentId && kind && (
          <a class="nowrap" href={`${routes.document(documentId)}#history`}>
            {number ?? t(`document.kind.${kind}`)}
          </a>
        )}
      </p>
      <ServerText text={serverText} />
    </div>
  )
}
