import { expect, test } from 'vitest'
import { addressLines } from '../../src/domain/address'

const address = { lines: ['1 High Street'], postcode: '12345', town: 'Town', region: 'Region', country: 'DE' }

test.each([
  ['DE', ['1 High Street', '12345 Town', 'Region']],
  ['GB', ['1 High Street', 'Town', 'Region', '12345']],
  ['US', ['1 High Street', 'Town, Region 12345']],
  ['IT', ['1 High Street', '12345 Town Region']],
])('an address of %s is written by the custom of the country', (country, lines) => {
  expect(addressLines({ ...address, country })).toEqual(lines)
})

test('empty parts leave no gap', () => {
  expect(addressLines({ lines: ['A', ' '], postcode: '', town: '', region: '', country: 'US' })).toEqual(['A'])
})
