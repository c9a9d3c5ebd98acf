/** Compares two versions of a form: a person who saves after another one sees both. */
import { useFrame } from './frame'
import { Notice } from './notice'

export interface Difference {
  label: string
  typed: string
  saved: string
}

/** Shows the fields whose values differ. The form below it keeps the typed values; saving it again replaces the saved ones. */
export const Conflict = ({ differences }: { differences: Difference[] }) => {
  const { t } = useFrame()
  return (
    <Notice tone="warn">
      <h2>{t('form.conflict.title')}</h2>
      <p>{t('form.conflict.text')}</p>
      <table class="compare">
        <thead>
          <tr>
            <th scope="col">{t('form.conflict.field')}</th>
            <th scope="col">{t('form.conflict.typed')}</th>
            <th scope="col">{t('form.conflict.saved')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ label, typed, saved }) => (
            <tr>
              <th scope="row">{label}</th>
              <td>{typed || '–'}</td>
              <td>{saved || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Notice>
  )
}

/** Returns the fields whose saved value differs from the typed one, in the order of the labels. */
export const differencesOf = (
  typed: Record<string, string>,
  saved: Record<string, string>,
  labels: [name: string, label: string][],
): Difference[] =>
  labels
    .filter(([name]) => (typed[name] ?? '') !== (saved[name] ?? ''))
    .map(([name, label]) => ({ label, typed: typed[name] ?? '', saved: saved[name] ?? '' }))
