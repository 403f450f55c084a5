import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consoleUrl, isServiceId } from '#core/aws/index.ts'
import { CONSOLE_SERVICES, searchServices, serviceById } from '#shared/console-services.ts'
import { PARTITIONS, partitionOfRegion } from '#shared/partitions.ts'
import { regionsOf } from '#shared/regions.ts'

describe('the services of the console', () => {
  it('are many, each once, with an id that is one', () => {
    const ids = CONSOLE_SERVICES.map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(115)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !isServiceId(id))).toEqual([])
    expect(ids.slice(1)).toEqual(ids.slice(1).toSorted())
  })

  it('have a page each in every public partition, which is a console page again', () => {
    for (const { id, consoleHost } of PARTITIONS) {
      if (consoleHost === undefined) continue
      for (const service of CONSOLE_SERVICES) {
        const url = consoleUrl(id, { destination: service.id })
        expect(consoleUrl(id, { destination: url })).toBe(url)
      }
    }
  })

  it('are found by id, title, other names, parts and scattered letters, best first', () => {
    const first = (query: string) => searchServices(query)[0]?.id
    expect(first('s3')).toBe('s3')
    expect(first('Lambda')).toBe('lambda')
    expect(first('sso')).toBe('identity-center')
    expect(first('queue')).toBe('sqs')
    expect(first('log gro')).toBe('logs')
    expect(first('dyndb')).toBe('dynamodb')
    expect(searchServices('')).toHaveLength(CONSOLE_SERVICES.length)
    expect(searchServices('zzzz')).toEqual([])
  })

  it('are searched for anything without harm', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const found = searchServices(query)
        expect(new Set(found).size).toBe(found.length)
        for (const { id } of found) expect(serviceById(id)?.id).toBe(id)
      }),
    )
  })
})

it('the regions of a partition are regions of that partition', () => {
  for (const { id, defaultRegion } of PARTITIONS) {
    const regions = regionsOf(id).map((region) => region.id)
    expect(regions).toContain(defaultRegion)
    for (const region of regions) expect(partitionOfRegion(region)?.id).toBe(id)
  }
})
