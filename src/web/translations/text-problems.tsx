import type { TextKind } from '../../domain/translation'
import { problemText } from '../../i18n/text-problem'
import { checkTranslation, type TranslationProblem } from '../../mail/check-translation'
import { missingValues } from '../../mail/missing-values'
import type { FormValues } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Notice } from '../ui/notice'

interface Props {
  values: FormValues
  problems: TranslationProblem[]
  kind: TextKind
}

/** Lists each line that has a problem, with the problem marked and explained; else what some documents lack. */
export const TextProblems = ({ values, problems, kind }: Props) => {
  const { t } = useFrame()
  if (problems.length === 0) return <MissingValues values={values} kind={kind} />
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

/** Warns of variables that have no value on some documents, and shows how to leave out the words around them. */
const MissingValues = ({ values: { subject, body }, kind }: Omit<Props, 'problems'>) => {
  const { t } = useFrame()
  if (subject === undefined || body === undefined || checkTranslation({ subject, body }, kind).length > 0) return null
  const missing = [...new Set([...missingValues(subject, kind), ...missingValues(body, kind)])]
  const [first] = missing
  if (!first) return null
  const variables = missing.map((name) => `{{ ${name} }}`).join(', ')
  return (
    <Notice tone="warn">
      <p>{t('translations.missing_values', { variables })}</p>
      <p>
        <code>{`{% if ${first} %} … {{ ${first} }} … {% endif %}`}</code>
      </p>
    </Notice>
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
