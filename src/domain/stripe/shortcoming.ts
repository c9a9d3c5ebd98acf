import type { ContentProblem } from '../document-content'
import type { Gap } from '../document-readiness'

/** A reason why an automatic document can't be issued: something that it lacks, or an invalid field. */
export type Shortcoming = { missing: Gap } | ContentProblem
