/** Two people edit one form: the second to save sees both texts. */
import { useFrame } from './frame'
import { Notice } from './notice'

export interface Difference {
  label: string
  mine: string
  theirs: string
}

/** Shows both texts where they differ. The form below it keeps what was typed and contains the new version. */
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
            <th scope="col">{t('form.conflict.mine')}</th>
            <th scope="col">{t('form.conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ label, mine, theirs }) => (
            <tr>
              <th scope="row">{label}</th>
              <td>{mine || '–'}</td>
              <td>{theirs || '–'}</td>
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
    .map(([name, label]) => ({ label, mine: typed[name] ?? '', theirs: saved[name] ?? '' }))
