/** Returns a pattern that fits where one of the others does, in any case of letters. */
export const anyOf = (...patterns: RegExp[]): RegExp =>
  new RegExp(patterns.map(({ source }) => source).join('|'), 'imu')
