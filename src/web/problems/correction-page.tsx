import type { Missed } from '../../db/problem-list'
import { isTestDocument } from '../../domain/test-mode'
import { plural } from '../../i18n'
import { routes } from '../../routes'
import { askSuggestions, Suggestions } from '../ui/address-suggestions'
import { Breadcrumb } from '../ui/breadcrumb'
import { ErrorSummary, Field } from '../ui/form'
import { FormAccount } from '../ui/form-account'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { ProblemExplanation, StatusBadge } from '../ui/problem-explanation'

interface Props {
  title: string
  first: Missed
  /** Deliveries that are sent to the new address, `first` included. */
  missed: Missed[]
  contactName: string
  serverText: string | null
  form: FormState
}

const SHOWN = 10

/** Explains the failure, and asks for the correct address. */
export const CorrectionPage = ({ title, first, missed, contactName, serverText, form }: Props) => {
  const { t, language } = useFrame()
  const { documentId, deliveryId, address, status, reason, contactId } = first
  const numbers = missed.slice(0, SHOWN).map(({ number }) => number ?? '–')
  const more = missed.length - numbers.length
  return (
    <>
      <header class="page-head">
        <div>
          <Breadcrumb href={routes.problems}>{t('problems.title')}</Breadcrumb>
          <h1>{title}</h1>
          <p class="break-all">{contactName}</p>
        </div>
      </header>
      <div class="stack">
        <ErrorSummary form={form} />
        <section class="card stack tight" aria-label={address}>
          <p class="delivery-head">
            <span class="break-all">{address}</span>
            <StatusBadge status={status} />
          </p>
          <ProblemExplanation
            status={status}
            reason={reason}
            serverText={serverText}
            test={isTestDocument(documentId)}
          />
        </section>
        <form class="card form" method="post" action={routes.deliveryCorrection(documentId, deliveryId)} novalidate>
          <FormAccount />
          <input type="hidden" name="key" value={form.values.key ?? ''} />
          <Field
            form={form}
            name="address"
            label={t('correction.address')}
            hint={t(contactId === null ? 'correction.address.once' : 'correction.address.hint', { name: contactName })}
            inputmode="email"
            autocomplete="off"
            spellcheck={false}
            autofocus
            required
            attributes={askSuggestions(routes.contactSuggestions, 'address')}
          />
          <Suggestions name="address" typed={form.values.address ?? ''} />
          <p>
            {plural(language, 'correction.missed', missed.length, { numbers: numbers.join(', ') })}
            {more > 0 && ` ${plural(language, 'correction.missed.more', more)}`}
          </p>
          <div class="form-actions">
            <button type="submit" class="primary">
              <Icon name="send" />
              {t(contactId === null ? 'correction.send' : 'correction.save_and_send')}
            </button>
            <a href={routes.document(documentId)}>{t('form.cancel')}</a>
          </div>
        </form>
      </div>
    </>
  )
}
