import type { TranslationProblem } from '../../mail/check-translation'
import type { FormValues } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { problemText } from '../ui/send-refusal'

interface Props {
  values: FormValues
  problems: TranslationProblem[]
}

/** Lists each line that has a problem, with the problem marked and explained. */
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

const CONTEXT_CHARS = 40

const MarkedLine = ({ text, problem }: { text: string; problem: TranslationProblem }) => {
  const line = text.split('\n')[problem.line - 1] ?? ''
  const start = problem.column - 1
  const detail = problem.detail.replace(/…$/, '')
  const end = start + (detail !== '' && line.startsWith(detail, start) ? detail.length : 1)
  return (
    <code>
      {start > CONTEXT_CHARS && '…'}
      {line.slice(Math.max(0, start - CONTEXT_CHARS), start)}
      <mark>{line.slice(start, end) || '¶'}</mark>
      {line.slice(end, end + CONTEXT_CHARS)}
      {line.length > end + CONTEXT_CHARS && '…'}
    </code>
  )
}
