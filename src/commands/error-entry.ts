import type { LogEntry } from './deps'

/**
 * Returns the log entry of an exception. Cuts off query parameters, which Drizzle puts into its messages, since they
 * contain addresses.
 */
export function errorEntry(error: unknown): LogEntry {
  if (!(error instanceof Error)) return { event: 'error', message: withoutParams(String(error)) }
  const cause = causes(error.cause).map(withoutParams).join(' ‹ ')
  return { event: 'error', message: withoutParams(error.message), cause, stack: frames(error.stack ?? '') }
}

const causes = (cause: unknown, depth = 0): string[] =>
  cause instanceof Error && depth < 5 ? [cause.message, ...causes(cause.cause, depth + 1)] : []

const withoutParams = (message: string): string => message.replace(/\nparams: [\s\S]*/, '').slice(0, 500)

const frames = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
    .join('\n')
