/** Status and title of each error. The type of a problem is the address of its description. */
export const PROBLEMS = {
  body_malformed: [400, 'The body is not valid JSON.'],
  idempotency_key_invalid: [400, 'An Idempotency-Key has 1 to 255 printable ASCII characters.'],
  key_missing: [401, 'The request has no API key.'],
  key_unknown: [401, 'The API key is unknown or revoked.'],
  scope_missing: [403, 'The API key lacks the scope that this takes.'],
  account_closing: [403, 'The account is being closed and can only be read.'],
  not_found: [404, 'There is no such thing in this account.'],
  method_not_allowed: [405, 'This address does not have this method.'],
  conflict: [409, 'The state of what is stored does not allow this.'],
  request_in_progress: [409, 'A request with this Idempotency-Key is in progress.'],
  idempotency_key_reused: [409, 'This Idempotency-Key was used for another request.'],
  precondition_failed: [412, 'It was changed since you read it.'],
  body_too_large: [413, 'The body is too large.'],
  media_type_wrong: [415, 'The body has another media type than this takes.'],
  invalid: [422, 'Some of what was sent is not valid.'],
  rate_limited: [429, 'The API key was used too often.'],
  internal: [500, 'Something went wrong. It was logged.'],
} as const satisfies Record<string, [number, string]>

export type ProblemCode = keyof typeof PROBLEMS
