import type { ContactItem } from '../../db/contact-search'
import { routes } from '../../routes'
import { Field, Select } from '../ui/form'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { CONNECTIONS, DELIVERY_STATES, type DeliveryQuery, deliveriesPath, isFiltered } from './query'

interface Props {
  query: DeliveryQuery
  /** Name of the contact by which the list is filtered. */
  contactName: string | undefined
  /** Contacts that match the typed name; undefined if exactly one does. */
  choices: ContactItem[] | undefined
}

/** Filters by state, dates, contact and provider, with a form that works without scripts. */
export const DeliveryFilters = ({ query, contactName, choices }: Props) => {
  const { t } = useFrame()
  const { state = '', from, to, provider = '', name, contact } = query
  const form = { values: { state, from, to, provider, name }, errors: {} }
  return (
    <form class="delivery-filters" action={routes.deliveries}>
      {contact && <input type="hidden" name="contact" value={contact} />}
      <Select
        form={form}
        name="state"
        label={t('deliveries.filter.state')}
        options={[
          { value: '', label: t('deliveries.filter.any') },
          ...DELIVERY_STATES.map((value) => ({
            value,
            label: value === 'waiting' ? t('delivery_status.queued') : t(`delivery_status.${value}`),
          })),
        ]}
      />
      <Field form={form} name="from" type="date" label={t('deliveries.filter.from')} />
      <Field form={form} name="to" type="date" label={t('deliveries.filter.to')} />
      {!contact && (
        <Field
          form={form}
          name="name"
          label={t('deliveries.filter.contact')}
          placeholder={t('deliveries.filter.contact.hint')}
        />
      )}
      <Select
        form={form}
        name="provider"
        label={t('deliveries.filter.provider')}
        options={[
          { value: '', label: t('deliveries.filter.any') },
          ...CONNECTIONS.map((value) => ({ value, label: t(`connection.${value}`) })),
        ]}
      />
      <button type="submit">{t('deliveries.filter.button')}</button>
      {(isFiltered(query) || name) && <a href={routes.deliveries}>{t('deliveries.filter.clear')}</a>}
      {contact && (
        <a class="chip" href={deliveriesPath(routes.deliveries, query, { contact: '' })}>
          <Icon name="x" />
          {contactName}
        </a>
      )}
      {choices && <Choices query={query} choices={choices} />}
    </form>
  )
}

const Choices = ({ query, choices }: { query: DeliveryQuery; choices: ContactItem[] }) => {
  const { t } = useFrame()
  return (
    <div class="chips" aria-live="polite">
      <span>
        {t(choices.length > 0 ? 'deliveries.filter.which' : 'deliveries.filter.nobody', { name: query.name })}
      </span>
      {choices.map(({ id, name }) => (
        <a class="chip" href={deliveriesPath(routes.deliveries, query, { contact: id, name: '' })}>
          {name}
        </a>
      ))}
    </div>
  )
}
