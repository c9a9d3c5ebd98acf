import type { TranslationProblem } from '../../mail/check-translation'
import type { FormValues } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { problemText } from '../ui/send-refusal'

interface Props {
  values: FormValues
  problems: TranslationProblem[]
}

/** Each line that is wrong, with what is wrong marked in it and said beside it. */
export const TextProblems = ({ values, problems }: Props) => {
  const { t } = useFrame()
  if (problems.length === 0) return null
  return (
    <ol class="text-problems" aria-label={t('send.preview.problems')}>
      {problems.map((problem) => (
        <li>
          <span class="text-problem-line">
            <span class="muted numeric">{problem.field === 'subject' ? t('send.subject') : problem.line}</span>
            <MarkedLine text={values[problem.field] ?? ''} problem={problem} />
          </span>
          <span class="error">{problemText(t, problem)}</span>
        </li>
      ))}
    </ol>
  )
}

const AROUND = 40

const MarkedLine = ({ text, problem }: { text: string; problem: TranslationProblem }) => {
  const line = text.split('\n')[problem.line - 1] ?? ''
  const start = problem.column - 1
  const detail = problem.detail.replace(/…$/, '')
  const end = start + (detail !== '' && line.startsWith(detail, start) ? detail.length : 1)
  return (
    <code>
      {start > AROUND && '…'}
      {line.slice(Math.max(0, start - AROUND), start)}
      <mark>{line.slice(start, end) || '¶'}</mark>
      {line.slice(end, end + AROUND)}
      {line.length > end + AROUND && '…'}
    </code>
  )
}
