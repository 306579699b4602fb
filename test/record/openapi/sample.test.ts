import { expect, test } from 'vitest';
import { captureOpenapi } from '../../../src/record/openapi/capture-openapi.js';
import { bodies, captureFile } from '../har/archive.js';

const schemas = {
  Name: { type: 'string', enum: ['Ann'] },
  Stamp: { type: 'string', format: 'date' },
};

async function sampleOf(schema: object): Promise<unknown> {
  const content = { 'application/json': { schema } };
  const document = {
    openapi: '3.1.0',
    paths: { '/a': { post: { requestBody: { content } } } },
    components: { schemas },
  };
  return JSON.parse(bodies(await captureFile(captureOpenapi, JSON.stringify(document), 'api.json'))[0] ?? '""');
}

test.each<[string, object, unknown]>([
  ['anyOf with null first', { anyOf: [{ type: 'null' }, { enum: ['x'] }] }, 'x'],
  ['oneOf with null first', { oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Name' }] }, 'Ann'],
  ['null alone', { oneOf: [{ type: 'null' }] }, null],
  ['a default of nothing', { type: 'integer', default: null, minimum: 4 }, 4],
  ['nothing among what may be chosen', { enum: [null, 'b'] }, 'b'],
  ['an example beside a reference', { $ref: '#/components/schemas/Name', example: 'Bo' }, 'Bo'],
])('a value is what somebody would send: %s', async (_, schema, expected) => {
  expect(await sampleOf({ type: 'object', properties: { v: schema } })).toEqual({ v: expected });
});

test('a reference that is only read is left out', async () => {
  const properties = { at: { $ref: '#/components/schemas/Stamp', readOnly: true }, n: { const: 1 } };
  expect(await sampleOf({ properties })).toEqual({ n: 1 });
});

async function sent(content: object): Promise<readonly unknown[]> {
  const document = {
    openapi: '3.1.0',
    paths: { '/a': { post: { requestBody: { content } } } },
    components: {
      schemas: {
        ...schemas,
        Book: { properties: { t: { const: 'x' } } },
        Other: { xml: { name: 'livre' }, properties: { t: { const: 'x' } } },
      },
    },
  };
  const source = await captureFile(captureOpenapi, JSON.stringify(document), 'api.json');
  return source.requests.map(({ headers }, index) => [headers[0]?.[1], bodies(source)[index]]);
}

test.each<[string, object, string, string]>([
  ['*/*', { schema: { $ref: '#/components/schemas/Book' } }, 'application/json', '{"t":"x"}'],
  ['application/*', { example: [1] }, 'application/json', '[1]'],
  ['text/*', { example: 'x' }, 'text/plain', 'x'],
  ['text/plain', { example: 7 }, 'text/plain', '7'],
])('a body of %s goes out as a type that can be sent', async (type, media, expected, body) => {
  expect(await sent({ [type]: media })).toEqual([[expected, body]]);
});

test.each([
  ['Book', 'Book'],
  ['Other', 'livre'],
])('the outermost element in XML has the name of the schema: %s', async (name, element) => {
  const [[, body] = []] = (await sent({
    'text/xml': { schema: { $ref: `#/components/schemas/${name}` } },
  })) as string[][];
  expect(body).toContain(`<${element}><t>x</t></${element}>`);
});

test('a text that is encoded in Base64 is', async () => {
  const value = (await sampleOf({ properties: { photo: { type: 'string', contentEncoding: 'base64' } } })) as {
    photo: string;
  };
  expect(value.photo).toMatch(/^[\w+/]+=*$/);
});
