import type { Shortcoming } from '../../../domain/stripe/shortcoming'
import { useFrame } from '../../ui/frame'
import { errorLabels, problemErrors } from './form-problems'

/** Lists the fields that must change before a document can be issued. */
export const Shortcomings = ({ problems }: { problems: Shortcoming[] }) => {
  const { t } = useFrame()
  const errors = problemErrors(
    problems.flatMap((problem) => ('missing' in problem ? [] : [problem])),
    t,
  )
  const labels = errorLabels(errors, t)
  return (
    <ul>
      {problems.map((problem) => 'missing' in problem && <li>{t(`missing.${problem.missing}`)}</li>)}
      {Object.entries(errors).map(([field, sentence]) => (
        <li>{t('stripe.problem', { field: labels[field] || field, sentence })}</li>
      ))}
    </ul>
  )
}
