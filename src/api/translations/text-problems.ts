import { translator } from '../../i18n'
import { problemText } from '../../i18n/text-problem'
import type { TranslationProblem } from '../../mail/check-translation'
import type { Problem } from '../problem'
import { invalid } from '../refusal'

const english = translator('en')

/** Names what is wrong with a text: all of it, each with its line and column. */
export const textProblems = (problems: TranslationProblem[]): Problem =>
  invalid(
    problems.map((problem) => ({
      pointer: `/${problem.field}`,
      code: `text_${problem.reason}`,
      detail: problemText(english, problem),
      ...{ line: problem.line, column: problem.column },
    })),
  )
