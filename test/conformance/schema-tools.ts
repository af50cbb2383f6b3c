import { Arg, Tool } from 'tenon';

/** Words of JSON Schema 2020-12 that a framework loses if it reads a schema instead of passing it on. */
const CONTACT = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};

/** The tool whose schema has to reach the client word for word. */
export class SchemaTools {
  /** Takes a contact. */
  @Tool({ name: 'json_schema_2020_12_tool', input: CONTACT })
  contact(contact: unknown): string {
    return `Called with ${JSON.stringify(contact)}`;
  }

  /** Answers with a region, which clients repeat in a header. */
  @Tool('test_x_mcp_header')
  region(@Arg('region', { header: 'Region' }) region: string): string {
    return `Called for ${region}`;
  }
}
